// Loop: what needs me now, and is the loop turning?
import type { FindingSource, LoopPage, PagesPage, Stage } from '../api/api.gen.ts';
import { own } from '../api/resource.ts';
import { isMoney } from '../parts/money.ts';
import { Empty, Page, Panel, Skeleton, Teach } from '../parts/page.tsx';
import { StateMark } from '../parts/mark.tsx';
import { PageStrip, waiting } from '../parts/outbox.tsx';
import { WorryTable, type WorryColumn } from '../parts/worries.tsx';
import { AskStakes, WriteWorry } from '../parts/write.tsx';
import { ROLES, role, type Role } from '../settings.ts';

// A role orders the columns; the facts are the same for everyone.
const COLUMNS: Record<Role, readonly WorryColumn[]> = {
  ops: ['what', 'verdict', 'worth', 'owner', 'age', 'next'],
  dev: ['what', 'service', 'next', 'verdict', 'worth', 'age'],
  security: ['what', 'service', 'verdict', 'worth', 'tripwire', 'owner'],
  product: ['what', 'worth', 'verdict', 'pays', 'owner', 'tripwire'],
};

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
          <Stages stages={loop?.stages ?? null} />
          <Panel
            question="What worries us most, and whose turn is it?"
            span={12}
            note={loop === null ? null : rankNote(loop)}
          >
            {loop === null ? (
              <Skeleton rows={6} />
            ) : loop.worries.length > 0 ? (
              <WorryTable
                rows={loop.worries}
                columns={COLUMNS[role.value]}
                caption="Worries, most pressing first"
              />
            ) : (
              <Empty
                text="Nothing found yet, and nobody has written a worry."
                teach={'daytwo worry add "30% a year that payments is down, 2h to 8h"'}
              />
            )}
          </Panel>
          <Panel question="What else worries you?" span={6}>
            <WriteWorry />
          </Panel>
          <Panel question="Which answer would change most?" span={6}>
            {loop === null ? (
              <Skeleton rows={3} />
            ) : loop.question === null ? (
              <p class="muted">
                No question is open: the order above would not change with what you could say now.
              </p>
            ) : (
              <AskStakes question={loop.question} answered={() => void from.again()} />
            )}
          </Panel>
          <Panel question="What looks for worries, and what can it not see?">
            {loop === null ? <Skeleton rows={6} /> : <Sources sources={loop.sources} />}
          </Panel>
          {loop === null || loop.turn_time === '' ? null : (
            <p class="turn-time span-12">{loop.turn_time}</p>
          )}
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

function Stages(props: { stages: readonly Stage[] | null }) {
  const names = ['observe', 'orient', 'decide', 'act', 'learn'];
  return (
    <ol class="stages span-12" aria-label="The five rooms of the loop">
      {names.map((name) => {
        const stage = props.stages?.find((candidate) => candidate.name === name);
        return (
          <li key={name}>
            <h2>{name}</h2>
            {props.stages === null ? (
              <Skeleton rows={2} />
            ) : (
              <>
                <p>{stage?.sentence ?? 'says nothing'}</p>
                {stage?.lines.map((line) => (
                  <p key={line} class="muted">
                    {line}
                  </p>
                ))}
              </>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Sources(props: { sources: readonly FindingSource[] }) {
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
