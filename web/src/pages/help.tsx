// Help: what is the next sentence to write? It teaches from what is here: each step says whether it
// was done already, what to write, and what will happen.
import { useEffect } from 'preact/hooks';
import type { HostPage, LoopPage, PagesPage, ServicesPage, StakesPage } from '../api/api.gen.ts';
import { own, usePolling, type Resource } from '../api/resource.ts';
import { Keys } from '../parts/keys_table.tsx';
import { Mark } from '../parts/mark.tsx';
import { Panel, Teach } from '../parts/page.tsx';
import { hrefTo, type PageName } from '../router.ts';

interface Step {
  done: boolean | null; // null: not known yet
  title: string;
  write: string;
  then: string;
  page: PageName;
  word: string; // of the link
}

const WORDS: readonly [string, string][] = [
  [
    'worry',
    'a sentence about what could go wrong, with how likely and how bad, or a finding of daytwo',
  ],
  ['evidence', 'what was seen that speaks for it; a query or a sighting that opens'],
  ['do it', 'acting is worth more than it costs, in the mean over everything we do not know'],
  ['find out first', 'knowing more is worth more than it costs; the question says what'],
  ['leave it', 'acting costs more than it saves; a tripwire watches for the opposite'],
  ['tripwire', 'the live condition under which a verdict flips; “later” is a decision'],
  ['stake', 'what somebody said a thing is worth; money is never made up'],
  ['90 %', 'nine times in ten the truth lies inside; Learn shows whether it did'],
  ['unknown', 'not seen; never zero, never fine'],
];

function stepsOf(): Step[] {
  const loop = own<LoopPage>('loop').value.value;
  const services = own<ServicesPage>('services').value.value;
  const stakes = own<StakesPage>('stakes').value.value;
  const host = own<HostPage>('host').value.value;
  const pages = own<PagesPage>('pages', 5_000).value.value;
  return [
    {
      done: loop === null ? null : loop.worries.some((row) => row.found === 'written'),
      title: 'Write down one worry',
      write: 'daytwo worry add "30% a year that payments is down, 2h to 8h"',
      then: 'Within seconds it has a verdict, an owner and a tripwire.',
      page: 'worries',
      word: 'write it here',
    },
    {
      done: services === null ? null : services.services.length > 0,
      title: 'Say what should be up',
      write: 'daytwo watch https://shop.example/health',
      then: 'It is probed from outside, and has a budget from its first minute.',
      page: 'services',
      word: 'watch it here',
    },
    {
      done: stakes === null ? null : stakes.stakes.length > 0,
      title: 'Say what an hour of it is worth',
      write: "daytwo stakes 'an hour of payments down costs $2k to $20k'",
      then: 'Money with an interval stands everywhere, and the order follows it.',
      page: 'stakes',
      word: 'say it here',
    },
    {
      done: host === null ? null : host.drift.teach === '',
      title: 'Say what should run here',
      write: 'daytwo baseline learn',
      then: 'A listener or a process that is new is a worry within a minute.',
      page: 'host',
      word: 'see what runs',
    },
    {
      done: pages === null ? null : pages.teach === '' || pages.pages.length > 0,
      title: 'Say who is told',
      write: 'people: {me: {webhook: "http://127.0.0.1:9000/hook"}}\nnotify: {fallback: me}',
      then: 'In daytwo.yml, read by daytwo serve --config.file. Then: daytwo page test me.',
      page: 'pages',
      word: 'send a test page',
    },
    {
      done: loop === null ? null : !off(loop, 'exposure'),
      title: 'Say which advisories to match',
      write: 'daytwo serve --advisories osv.jsonl.zst --advisories kev.json',
      then: 'Of today’s CVEs only those stand out that hit what runs here.',
      page: 'loop',
      word: 'see what looks for worries',
    },
  ];
}

function off(loop: LoopPage, source: string): boolean {
  return loop.sources.find((candidate) => candidate.id === source)?.state === 'off';
}

export function HelpPage() {
  for (const path of ['loop', 'services', 'stakes', 'host']) {
    usePolling(own(path) as Resource<unknown>);
  }
  useEffect(() => {
    document.title = 'Help · daytwo';
  }, []);
  const steps = stepsOf();
  const next = steps.find((step) => step.done === false);
  return (
    <div class="page">
      <header class="page-head">
        <p class="question">What is the next sentence to write?</p>
        <h1>
          {next === undefined ? 'You have begun everything: look at the Loop.' : `${next.title}.`}
        </h1>
      </header>
      <div class="grid">
        <Panel question="In which order does one begin?">
          <ol class="steps">
            {steps.map((step) => (
              <StepPart key={step.title} step={step} next={step === next} />
            ))}
          </ol>
        </Panel>
        <Panel question="What do the words mean?" span={6}>
          <dl class="facts">
            {WORDS.map(([word, means]) => (
              <>
                <dt>{word}</dt>
                <dd>{means}</dd>
              </>
            ))}
          </dl>
        </Panel>
        <Panel question="Which keys are there?" span={6}>
          <Keys />
        </Panel>
      </div>
    </div>
  );
}

function StepPart(props: { step: Step; next: boolean }) {
  const { step } = props;
  const mark =
    step.done === true ? (
      <Mark shape="full" tone="good" word="done" />
    ) : step.done === null ? (
      <Mark shape="dots" tone="muted" word="unknown" />
    ) : props.next ? (
      <Mark shape="half" tone="ink" word="next" />
    ) : (
      <Mark shape="ring" tone="muted" word="open" />
    );
  return (
    <li>
      {mark}
      <details open={props.next}>
        <summary>{step.title}</summary>
        <Teach text={step.write} />
        <p class="muted">
          {step.then}{' '}
          <a
            href={hrefTo(step.page)}
          >{`${step.word.charAt(0).toUpperCase()}${step.word.slice(1)}`}</a>
        </p>
      </details>
    </li>
  );
}
