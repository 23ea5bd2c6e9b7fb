// Decide: what to do with a budget of money and days? Both move under sliders; each move asks the
// server for the plan, which keeps the drawn worlds and only solves again.
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { PlanPage } from '../api/api.gen.ts';
import { steered } from '../api/resource.ts';
import { bought, Frontier } from '../charts/frontier.tsx';
import { Worlds } from '../charts/dots.tsx';
import { AmountText } from '../parts/amount.tsx';
import { Calculator } from '../parts/calc.tsx';
import { FigureTools, PlainTable } from '../parts/figure.tsx';
import { Measured } from '../parts/measured.tsx';
import { formatValue, inTwenty } from '../parts/money.ts';
import { Empty, Page, Panel, Skeleton } from '../parts/page.tsx';
import { Kinds, Options } from '../parts/plan_tables.tsx';
import { LimitSlider } from '../parts/slider.tsx';
import { typeset } from '../parts/typeset.ts';
import { place, setParams } from '../router.ts';

function numberOf(text: string | null): number | null {
  const value = text === null || text === '' ? NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : null;
}

export function dayWords(days: number): string {
  return `${Number(days.toPrecision(3))} ${days === 1 ? 'day' : 'days'}`;
}

// "over a year", "over 3 years": what the money of a plan counts.
export function over(years: number): string {
  return years === 1 ? 'over a year' : `over ${years} years`;
}

export function Plan() {
  const budget = useSignal(numberOf(place.value.params.get('budget')));
  const days = useSignal(numberOf(place.value.params.get('days')));
  const from = useMemo(
    () =>
      steered<PlanPage>(() => {
        const asked = new URLSearchParams();
        if (budget.value !== null) asked.set('budget', String(budget.value));
        if (days.value !== null) asked.set('days', String(days.value));
        for (const name of ['years', 'discount']) {
          const value = place.value.params.get(name);
          if (value !== null) asked.set(name, value);
        }
        return `plan?${asked.toString()}`;
      }),
    [],
  );
  const rest = (): void =>
    setParams({
      budget: budget.value === null ? '' : String(budget.value),
      days: days.value === null ? '' : String(days.value),
    });
  const sliders = (page: PlanPage) => (
    <div class="sliders">
      <LimitSlider
        label="Money"
        value={budget.value}
        most={page.most_cost}
        words={(value) => formatValue(value, page.currency)}
        moves={(value) => {
          budget.value = value;
          void from.refresh();
        }}
        rests={rest}
      />
      {page.most_days > 0 ? (
        <LimitSlider
          label="Days of work, all teams"
          value={days.value}
          most={page.most_days}
          words={dayWords}
          moves={(value) => {
            days.value = value;
            void from.refresh();
          }}
          rests={rest}
        />
      ) : null}
    </div>
  );
  return (
    <Page<PlanPage>
      title="Decide"
      what="the plan"
      from={from}
      answer={(page) => page.sentence}
      below={(page) => <Remarks page={page} />}
      question="What to do with a budget of money and days?"
    >
      {(page) => (
        <>
          {page === null ? (
            <Panel question="How much may be spent?">
              <Skeleton rows={12} />
            </Panel>
          ) : page.options.length === 0 ? (
            <Panel question="What is there to choose from?">
              <Empty
                text="A plan chooses among options that are written in files. Write one, and reload:"
                teach={page.teach}
              />
            </Panel>
          ) : (
            <>
              <Panel question="How much may be spent?">{sliders(page)}</Panel>
              <Body page={page} />
            </>
          )}
          <Panel question="What is a quantity worth?" span={6}>
            <Calculator />
          </Panel>
        </>
      )}
    </Page>
  );
}

// Below the answer: where the money goes, what to find out first, what comes nearest.
function Remarks(props: { page: PlanPage }) {
  if (props.page.remarks.length === 0) return null;
  return (
    <dl class="remarks">
      {props.page.remarks.map((remark) => (
        <div key={remark.text} class={remark.kind}>
          <dt>{remark.lead}</dt>
          <dd>{typeset(remark.text)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Body(props: { page: PlanPage }) {
  const { page } = props;
  return (
    <>
      <Panel
        question="What is taken, what is left, and why?"
        note={`money ${over(page.years)}, expected; each number opens to its inputs`}
      >
        <Options page={page} />
      </Panel>
      <Panel question="What would another budget buy?" span={6}>
        <Budgets page={page} />
      </Panel>
      <Panel question="How sure is it?" span={6}>
        <Standing page={page} />
      </Panel>
      <Panel question="Where does it go, and what is the next of each kind?" span={6}>
        <Kinds page={page} />
      </Panel>
      <Panel question="What would change the plan?" span={6}>
        {page.flips.length === 0 ? (
          <p class="muted">No single number does: no other set comes near.</p>
        ) : (
          <ul class="lines">
            {page.flips.map((flip) => (
              <li key={flip}>{flip}</li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}

function Budgets(props: { page: PlanPage }) {
  const { page } = props;
  const here = bought(page.frontier, page.budget);
  if (page.frontier.length === 0) return <p class="muted">No budget buys anything.</p>;
  const sentence =
    here === undefined
      ? 'What each budget is worth at best.'
      : `${formatValue(here.cost, page.currency)} buys ${formatValue(here.net, page.currency)} ` +
        `net ${over(page.years)} at best: ${here.takes}`;
  return (
    <figure class="figure">
      <Measured height={210}>
        {(width) => (
          <Frontier
            points={page.frontier}
            most={page.most_cost}
            budget={page.budget}
            currency={page.currency}
            per={over(page.years)}
            width={width}
            height={210}
            sentence={sentence}
          />
        )}
      </Measured>
      <FigureTools
        table={() => (
          <PlainTable
            caption="What each budget buys"
            heads={['budget', `worth net ${over(page.years)}`, 'takes']}
            rows={page.frontier.map((point) => [
              formatValue(point.cost, page.currency),
              formatValue(point.net, page.currency),
              point.takes,
            ])}
          />
        )}
        computed={
          <>
            <p>
              {page.proof}; seed {page.net.seed}, {page.net.samples} worlds, engine{' '}
              {page.net.version}. The limit on days holds for every budget shown.
            </p>
            {page.notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </>
        }
      />
    </figure>
  );
}

function Standing(props: { page: PlanPage }) {
  const { page } = props;
  const pays = `pays in ${inTwenty(page.chance_pays)} worlds`;
  return (
    <dl class="facts">
      <dt>worth net {over(page.years)}</dt>
      <dd>
        <AmountText amount={page.net} title="What the plan is worth, net of its cost" whole />
      </dd>
      <dt>chance that it pays</dt>
      <dd class="pays">
        <Worlds chance={page.chance_pays} sentence={pays} /> {inTwenty(page.chance_pays)}
      </dd>
      <dt>chance that it is the best</dt>
      <dd class="pays">
        <Worlds chance={page.chance_best} sentence={`best in ${inTwenty(page.chance_best)}`} />{' '}
        {inTwenty(page.chance_best)}
      </dd>
      <dt>knowing everything would add</dt>
      <dd>{formatValue(page.regret, page.currency)} expected</dd>
      <dt>loss that is left</dt>
      <dd>
        <AmountText amount={page.remaining} title="Loss that the plan leaves" whole />
      </dd>
      {page.tail === null ? null : (
        <>
          <dt>the worst years</dt>
          <dd>{page.tail.sentence}</dd>
        </>
      )}
      {page.accepted.length === 0 ? null : (
        <>
          <dt>kept until a day</dt>
          <dd>
            {page.accepted.map((each) => (
              <p key={each.worry}>{each.sentence}</p>
            ))}
          </dd>
        </>
      )}
      {page.stability.length === 0 && page.ties.length === 0 ? null : (
        <>
          <dt>how firm the order is</dt>
          <dd>
            {[...page.stability, ...page.ties].map((line) => (
              <p key={line}>{line}</p>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}
