// One worry: the sentence, its evidence, who can act, what it is worth, the verdict, the tripwire,
// the thread, the score.
import type {
  Amount,
  Evidence,
  PagesPage,
  ThreadEntry,
  Tripwire,
  Worlds as WorthWorlds,
  WorryPage,
} from '../api/api.gen.ts';
import { own } from '../api/resource.ts';
import { countPast, QuantileDots, Worlds } from '../charts/dots.tsx';
import { Interval, IntervalAxis, intervalDomain } from '../charts/interval.tsx';
import { now } from '../clock.ts';
import { AmountText } from '../parts/amount.tsx';
import { Ago } from '../parts/ago.tsx';
import { Decide } from '../parts/decide.tsx';
import { FigureTools, PlainTable } from '../parts/figure.tsx';
import { Measured } from '../parts/measured.tsx';
import { Mark, VerdictMark, verdictWord } from '../parts/mark.tsx';
import { formatWith, inTwenty, unitWords } from '../parts/money.ts';
import { PageStrip, waiting } from '../parts/outbox.tsx';
import { OwnerText } from '../parts/owner.tsx';
import { Empty, Page, Panel, Skeleton } from '../parts/page.tsx';
import { Runout } from '../parts/runout.tsx';
import { formatDay } from '../parts/time.ts';
import { AskStakes } from '../parts/write.tsx';
import { hrefTo, place } from '../router.ts';

export function Worry() {
  const from = own<WorryPage>(`worries/${encodeURIComponent(place.value.arg)}`);
  return (
    <Page<WorryPage>
      title="Worry"
      what="this worry"
      from={from}
      answer={headline}
      question="What is it worth, who can act, and what would change the verdict?"
    >
      {(page) =>
        page === null ? (
          <>
            <Panel question="What do we do?">
              <Skeleton rows={4} />
            </Panel>
            <Panel question="What speaks for it?">
              <Skeleton rows={4} />
            </Panel>
          </>
        ) : (
          <>
            <WaitingHere worry={page.worry.id} />
            <Panel question="What do we do, and why?" span={6}>
              <VerdictPart page={page} />
              <Decide worry={page.worry} done={() => void from.again()} />
            </Panel>
            <Panel question="What does it cost if left alone?" span={6}>
              <WorthPart page={page} />
            </Panel>
            {page.worlds === null ? null : (
              <Panel question="In how many worlds does acting pay?" span={6}>
                <WorthDots page={page} worlds={page.worlds} />
              </Panel>
            )}
            {page.fan === null || page.date === null ? null : (
              <Panel question="When is nothing left?" span={6}>
                <Runout
                  what={page.worry.subject}
                  sentence={page.worry.when?.sentence ?? page.worry.title}
                  date={page.date}
                  fan={page.fan}
                />
              </Panel>
            )}
            {page.question === null ? null : (
              <Panel question="Which answer would change most?" span={oddPanels(page) ? 6 : 12}>
                <AskStakes question={page.question} answered={() => void from.again()} />
              </Panel>
            )}
            <Panel question="What speaks for it?" span={6}>
              {page.evidence.length > 0 ? (
                <EvidenceList evidence={page.evidence} />
              ) : (
                <Empty
                  text="No evidence is tied to it yet. A query, a service or a finding can be."
                  teach={`daytwo worry add "…" --evidence 'up == 0'`}
                />
              )}
            </Panel>
            <Panel question="What was said, and how was it understood?" span={6}>
              <Written page={page} />
            </Panel>
            <Panel question="What happened to it?">
              <Thread thread={page.thread} />
            </Panel>
            <Panel question="Were we right?" span={6}>
              {page.scores.length > 0 ? (
                <ul class="lines">
                  {page.scores.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              ) : (
                <Empty text="No score yet: it comes when the truth does." />
              )}
            </Panel>
            <Panel question="How was it computed?" span={6}>
              {page.how_computed.length > 0 ? (
                <Computed lines={page.how_computed} />
              ) : (
                <Empty text="Nothing was computed yet: there is no interval to start from." />
              )}
            </Panel>
          </>
        )
      }
    </Page>
  );
}

// The sentence and its verdict: what a page's title has to say.
function headline(page: WorryPage): string {
  const { title, verdict, when } = page.worry;
  const date = when === null ? '' : `, ${when.sentence}`;
  return `${title}${date}: ${verdictWord(verdict)}`;
}

// Whether the panels of half a row before the question leave half a row free.
function oddPanels(page: WorryPage): boolean {
  const fan = page.fan !== null && page.date !== null;
  return (page.worlds !== null) !== fan;
}

// The pages about this worry that nobody has answered: whoever was woken lands here.
function WaitingHere(props: { worry: string }) {
  const pages = own<PagesPage>('pages', 5_000).value.value?.pages ?? [];
  const open = pages.filter((row) => row.worry === props.worry && waiting(row));
  return open.length === 0 ? null : <PageStrip pages={open} />;
}

// Twenty equally likely worlds against "it pays": the picture and the sentence count the same dots.
function WorthDots(props: { page: WorryPage; worlds: WorthWorlds }) {
  const { quantiles, threshold, unit } = props.worlds;
  const past = countPast(quantiles, threshold);
  const words = (value: number): string => formatWith(value, unit);
  const sentence = `Acting pays in ${past} of ${quantiles.length} equally likely worlds`;
  return (
    <figure class="figure">
      <p>
        {sentence}; in the worst of them it brings {words(quantiles[0] ?? 0)}, in the best{' '}
        {words(quantiles[quantiles.length - 1] ?? 0)}.
      </p>
      <Measured height={60}>
        {(width) => (
          <QuantileDots
            quantiles={quantiles}
            threshold={threshold}
            label="pays →"
            width={width}
            sentence={sentence}
            words={words}
            gain
          />
        )}
      </Measured>
      <FigureTools
        table={() => (
          <PlainTable
            caption="What acting is worth net, world by world"
            heads={['one world in 20', 'worth of acting, net']}
            rows={quantiles.map((value, index) => [index + 1, words(value)])}
          />
        )}
        computed={<Computed lines={props.page.how_computed} />}
      />
    </figure>
  );
}

function Computed(props: { lines: readonly string[] }) {
  return (
    <ul class="lines">
      {props.lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function VerdictPart(props: { page: WorryPage }) {
  const { worry } = props.page;
  const asks = worry.next_step === '' && worry.verdict === 'find_out';
  return (
    <dl class="facts">
      <dt>verdict</dt>
      <dd>
        <VerdictMark verdict={worry.verdict} />
      </dd>
      <dt>because</dt>
      <dd>{worry.reason === '' ? <span class="muted">no reason was given</span> : worry.reason}</dd>
      {worry.chance_pays === null ? null : (
        <>
          <dt>acting pays</dt>
          <dd>
            <span class="pays">
              <Worlds
                chance={worry.chance_pays}
                sentence={`Acting pays: ${inTwenty(worry.chance_pays)} worlds`}
              />{' '}
              {inTwenty(worry.chance_pays)} worlds
            </span>
          </dd>
        </>
      )}
      <dt>next step</dt>
      <dd>
        {asks ? (
          'answer the question below: it decides this'
        ) : worry.next_step === '' ? (
          <span class="muted">none</span>
        ) : (
          worry.next_step
        )}
      </dd>
      <dt>who can act</dt>
      <dd>
        <OwnerText owner={worry.owner} />. <span class="muted">{worry.owner.sentence}</span>
      </dd>
      <dt>tripwire</dt>
      <dd>
        {worry.tripwire === null ? (
          <span class="muted">none: nothing is left waiting</span>
        ) : (
          <TripwireText tripwire={worry.tripwire} />
        )}
      </dd>
      {worry.service === '' ? null : (
        <>
          <dt>service</dt>
          <dd>
            <a href={hrefTo('service', worry.service)}>{worry.service}</a>
          </dd>
        </>
      )}
      {worry.paged === '' ? null : (
        <>
          <dt>paged</dt>
          <dd>{worry.paged}</dd>
        </>
      )}
      <dt>since</dt>
      <dd>
        <Ago at={worry.first_seen} />, changed <Ago at={worry.changed} />
      </dd>
    </dl>
  );
}

function TripwireText(props: { tripwire: Tripwire }) {
  const { tripwire } = props;
  const crossed = tripwire.state === 'crossed';
  return (
    <>
      <Mark
        shape={crossed ? 'triangle' : tripwire.state === 'armed' ? 'ring' : 'dots'}
        tone={crossed ? 'contrast' : 'muted'}
        word={tripwire.state}
      />{' '}
      {tripwire.sentence} <span class="muted">({distanceOf(tripwire)})</span>{' '}
      {tripwire.query === '' ? null : (
        <a href={hrefTo('query', '', { q: tripwire.query })}>open the query</a>
      )}
    </>
  );
}

// How far the tripwire is from where things stand; without a query, when somebody looks again.
function distanceOf(tripwire: Tripwire): string {
  if (tripwire.query === '') {
    return tripwire.until === null
      ? 'no query tells its present value'
      : `looked at again ${formatDay(tripwire.until, now.value)}`;
  }
  const trips = `trips at ${tripwire.op} ${formatWith(tripwire.value, tripwire.unit)}`;
  return tripwire.now === null
    ? `its query has no answer now; ${trips}`
    : `now ${formatWith(tripwire.now, tripwire.unit)}, ${trips}`;
}

function teachStake(what: string): string {
  return `daytwo stakes 'an hour of ${what} down costs $2k to $20k'`;
}

// Our loss and the customers' side by side on one axis.
function WorthPart(props: { page: WorryPage }) {
  const { ours, customers, worry } = props.page;
  const rows: { name: string; amount: Amount | null }[] =
    ours === null && customers === null
      ? [{ name: 'in all', amount: worry.worth }]
      : [
          { name: 'our loss', amount: ours },
          { name: 'customers’ loss', amount: customers },
        ];
  const present = rows.flatMap((row) => (row.amount === null ? [] : [row.amount]));
  const domain = intervalDomain(present);
  const first = present[0];
  if (first === undefined)
    return (
      <Empty
        text="It is not valued yet. Say what an hour of it costs, or give it an interval."
        teach={teachStake(worry.service || worry.subject)}
      />
    );
  return (
    <div class="worth-rows">
      {rows.map((row) => (
        <div key={row.name} class="worth-row">
          <span class="muted">{row.name}</span>
          {row.amount === null ? (
            <span class="muted">not valued</span>
          ) : (
            <AmountText
              amount={row.amount}
              title={`${worry.title}: ${row.name}`}
              whole
              notes={props.page.how_computed}
            />
          )}
          {row.amount === null || domain === null ? null : (
            <Measured height={16}>
              {(width) =>
                row.amount === null ? null : (
                  <Interval amount={row.amount} domain={domain} width={width} />
                )
              }
            </Measured>
          )}
        </div>
      ))}
      {domain === null ? null : (
        <Measured height={16}>
          {(width) => <IntervalAxis domain={domain} width={width} unit={first.unit} />}
        </Measured>
      )}
      <p class="muted">
        {first.unit}
        {unitWords({ unit: '', window: first.window })}, 90 %, as of <Ago at={first.as_of} />. Every
        figure opens.
      </p>
    </div>
  );
}

function EvidenceList(props: { evidence: readonly Evidence[] }) {
  return (
    <ul class="evidence">
      {props.evidence.map((item) => (
        <li key={`${item.kind} ${item.at} ${item.sentence}`}>
          <p>{item.sentence}</p>
          <p class="muted">
            {item.kind}, <Ago at={item.at} />
            {item.coverage === '' ? '' : `; ${item.coverage}`}
            {item.query === '' ? null : (
              <>
                {' '}
                · <a href={hrefTo('query', '', { q: item.query })}>open the query</a>
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Written(props: { page: WorryPage }) {
  const { page } = props;
  return (
    <>
      {page.written === '' ? (
        <p class="muted">Found by daytwo ({page.worry.kind}); nobody wrote it.</p>
      ) : (
        <blockquote>{page.written}</blockquote>
      )}
      {page.understood.length === 0 ? null : (
        <ul class="understood">
          {page.understood.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Thread(props: { thread: readonly ThreadEntry[] }) {
  if (props.thread.length === 0) return <Empty text="No record yet." />;
  return (
    <ol class="thread">
      {props.thread.map((entry) => (
        <li key={entry.id}>
          <span class="muted">
            <Ago at={entry.ts} />
          </span>
          <span class="muted">{entry.room}</span>
          <details>
            <summary>
              {entry.sentence === '' ? `${entry.kind}, ${entry.state}` : entry.sentence}
            </summary>
            <dl class="facts">
              {entry.inputs.map((input) => (
                <>
                  <dt>{input.name}</dt>
                  <dd>{input.value}</dd>
                </>
              ))}
              {entry.amounts.map(({ name, amount }) => (
                <>
                  <dt>{name}</dt>
                  <dd>
                    <AmountText amount={amount} title={name} whole />
                  </dd>
                </>
              ))}
              <dt>record</dt>
              <dd>
                {entry.id}, {entry.kind}, {entry.state}
                {entry.engine === '' ? '' : `, engine ${entry.engine}, seed ${entry.seed}`}
              </dd>
              {entry.coverage === '' ? null : (
                <>
                  <dt>coverage</dt>
                  <dd>{entry.coverage}</dd>
                </>
              )}
            </dl>
          </details>
        </li>
      ))}
    </ol>
  );
}
