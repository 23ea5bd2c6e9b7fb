// Loop: what needs me now, and is the loop turning?
import type { FindingSource, LoopPage, PagesPage, Stage } from '../api/api.gen.ts';
import { own } from '../api/resource.ts';
import { isMoney } from '../parts/money.ts';
import { Empty, Page, Panel, Skeleton, Teach } from '../parts/page.tsx';
import { StateMark } from '../parts/mark.tsx';
import { PageStrip, waiting } from '../parts/outbox.tsx';
import { WorryTable, type WorryColumn } from '../parts/worries.tsx';
import { AskStakes, WatchUrl, WriteWorry } from '../parts/write.tsx';
import { hrefTo } from '../router.ts';
import { ROLES, role, type Role } from '../settings.ts';

// A role orders the columns; the facts are the same for everyone.
const COLUMNS: Record<Role, readonly WorryColumn[]> = {
  ops: ['what', 'verdict', 'worth', 'owner', 'when', 'next'],
  dev: ['what', 'service', 'next', 'verdict', 'worth', 'when'],
  security: ['what', 'service', 'verdict', 'worth', 'tripwire', 'owner'],
  product: ['what', 'worth', 'verdict', 'pays', 'owner', 'tripwire'],
};

const BEGIN = 'Nothing found yet, and nobody has written a worry. Begin with one of these:';

export function Loop() {
  const from = own<LoopPage>('loop');
  return (
    <Page<LoopPage>
      title="Loop"
      what="the loop"
      from={from}
      answer={(loop) => loop.sentence}
      question="What needs me now, and is the loop turning?"
      tools={<RolePicker />}
    >
      {(loop) => (
        <>
          <WaitingPages />
          <Panel
            question="What worries us most, and whose turn is it?"
            span={12}
            note={loop === null || loop.worries.length === 0 ? null : rankNote(loop)}
          >
            {loop === null ? (
              <Skeleton rows={6} />
            ) : loop.worries.length > 0 ? (
              <WorryTable
                rows={loop.worries}
                columns={COLUMNS[role.value]}
                caption="Worries, most pressing first"
                reasons
              />
            ) : (
              <Empty text={BEGIN} />
            )}
          </Panel>
          <Panel question="What else worries you?" span={6}>
            <WriteWorry />
          </Panel>
          <Asked loop={loop} again={() => void from.again()} />
          <Stages stages={loop?.stages ?? null} turn={loop?.turn_time ?? ''} />
          <Panel question="What looks for worries, and what can it not see?">
            {loop === null ? <Skeleton rows={6} /> : <Sources sources={loop.sources} />}
          </Panel>
        </>
      )}
    </Page>
  );
}

// In which units the list stands; the order itself is the server's.
function rankNote(loop: LoopPage): string {
  const units = new Set(
    loop.worries.map((row) => row.worth?.unit).filter((unit) => unit !== undefined),
  );
  const money = [...units].filter(isMoney).length;
  if (units.size === 0) return 'in the order of the server';
  if (money === units.size) return 'in money';
  return money === 0
    ? 'in natural units: nobody has said yet what things are worth'
    : 'in money where somebody said what things are worth, else in natural units';
}

// Pages that nobody has answered stand above everything else.
function WaitingPages() {
  const pages = own<PagesPage>('pages', 5_000).value.value;
  const open = pages === null ? [] : pages.pages.filter(waiting);
  return open.length === 0 ? null : <PageStrip pages={open} />;
}

// The one open question; while there is none, what to do next on this page.
function Asked(props: { loop: LoopPage | null; again: () => void }) {
  const { loop } = props;
  if (loop !== null && loop.question === null && loop.worries.length === 0) {
    return (
      <Panel question="What should be up?" span={6}>
        <WatchUrl added={props.again} />
        <p class="muted">
          Or see <a href={hrefTo('help')}>what to write next</a>.
        </p>
      </Panel>
    );
  }
  return (
    <Panel question="Which answer would change most?" span={6}>
      {loop === null ? (
        <Skeleton rows={3} />
      ) : loop.question === null ? (
        <p class="muted">
          No question is open: the order above would not change with what you could say now. What
          was said: <a href={hrefTo('stakes')}>stakes</a>.
        </p>
      ) : (
        <AskStakes question={loop.question} answered={props.again} />
      )}
    </Panel>
  );
}

const ROOMS = ['observe', 'orient', 'decide', 'act', 'learn'];

// Is the loop turning? One sentence a room; what it adds is folded where it would push the rest
// away.
function Stages(props: { stages: readonly Stage[] | null; turn: string }) {
  return (
    <section class="span-12" aria-label="Is the loop turning?">
      <ol class="stages">
        {ROOMS.map((name) => {
          const stage = props.stages?.find((candidate) => candidate.name === name);
          return (
            <li key={name}>
              <h2>{name}</h2>
              {props.stages === null ? (
                <Skeleton rows={2} />
              ) : (
                <>
                  <p>{stage?.sentence ?? 'says nothing'}</p>
                  <StageLines lines={stage?.lines ?? []} />
                </>
              )}
            </li>
          );
        })}
      </ol>
      {props.turn === '' ? null : <p class="turn-time">{props.turn}</p>}
    </section>
  );
}

function StageLines(props: { lines: readonly string[] }) {
  const { lines } = props;
  const short = lines.filter((line) => line.length <= 40);
  const long = lines.filter((line) => line.length > 40);
  return (
    <>
      {short.length === 0 ? null : <p class="muted">{short.join(' · ')}</p>}
      {long.length === 0 ? null : (
        <details class="more-lines">
          <summary>
            {long.length} {long.length === 1 ? 'remark' : 'remarks'}
          </summary>
          {long.map((line) => (
            <p key={line} class="muted">
              {line}
            </p>
          ))}
        </details>
      )}
    </>
  );
}

// Sources that work or fail stand open; those that nobody gave anything yet are folded.
function Sources(props: { sources: readonly FindingSource[] }) {
  const idle = props.sources.filter((source) => source.state === 'off');
  const rest = props.sources.filter((source) => source.state !== 'off');
  return (
    <>
      {rest.length === 0 ? null : <SourceList sources={rest} />}
      {idle.length === 0 ? null : (
        <details class="idle-sources">
          <summary>
            {idle.length} more {idle.length === 1 ? 'has' : 'have'} nothing to go by yet:{' '}
            <span class="muted">{idle.map((source) => source.title).join(', ')}</span>
          </summary>
          <SourceList sources={idle} />
        </details>
      )}
    </>
  );
}

function SourceList(props: { sources: readonly FindingSource[] }) {
  return (
    <ul class="sources">
      {props.sources.map((source) => (
        <li key={source.id}>
          <span class="source-name">{source.title}</span>
          <StateMark state={source.state} />
          <div>
            <p>{source.sentence}</p>
            {source.teach === '' ? null : <Teach text={source.teach} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

function RolePicker() {
  return (
    <label class="role">
      <span>columns for</span>
      <select
        value={role.value}
        onChange={(event) => {
          role.value = ROLES.find((name) => name === event.currentTarget.value) ?? 'ops';
        }}
      >
        {ROLES.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
