// What the mock server answers on the first day: nothing was said and little was seen.
import { full, type Fixtures } from './fixtures.ts';
import { QUESTION } from './fixtures_worries.ts';

// The first minute on a machine: nothing found, nothing written, each page teaches what fills it.
export function empty(at: number): Fixtures {
  const some = full(at);
  const base = { as_of: at, simulated: false };
  return {
    ...some,
    loop: {
      ...some.loop,
      ...base,
      sentence: 'Nothing needs you: watching node-3 for 12 s',
      worries: [],
      question: null,
      turn_time: '',
      stages: some.loop.stages.map((stage) => ({ ...stage, sentence: 'nothing yet', lines: [] })),
      sources: some.loop.sources.map((source) => ({
        ...source,
        state: 'waiting' as const,
        sentence: 'Needs ten minutes of samples.',
      })),
    },
    worries: { ...base, sentence: 'No worry yet', worries: [] },
    services: {
      ...base,
      sentence: 'No service is watched yet',
      services: [],
      teach: 'daytwo watch https://shop.example/health',
    },
    service: {
      ...some.service,
      ...base,
      sentence: 'checkout has no objective yet',
      probes: [],
      objectives: [],
      flows: [],
      runs: [],
      listeners: [],
      worries: [],
      red: [],
      depends: [],
      declared: [],
    },
    host: {
      ...some.host,
      ...base,
      sentence: 'node-3 is seen for 2 s',
      coverage: ['/proc is absent here: processes and listeners are unknown, not none.'],
      processes: [],
      listeners: [],
      filesystems: [],
      limits: [],
      pressure: [],
      packages: { count: 0, sentence: 'No dpkg database here.' },
    },
    objectives: { ...base, sentence: 'Nothing is promised yet', objectives: [] },
    stakes: {
      ...some.stakes,
      ...base,
      sentence: 'Nothing has a price yet: worries rank in natural units, and no money is shown.',
      stakes: [],
      question: QUESTION,
    },
    pages: {
      ...base,
      sentence: 'No page was ever sent',
      pages: [],
      teach: 'notify:\n  webhook: http://127.0.0.1:8088/page',
    },
    security: {
      ...base,
      sentence: 'no service promises security yet',
      teach: "security: [{name: known-exploited, due: 21d, target: 99}] in a service's file",
      coverage: [],
      rows: [],
      question: null,
    },
    'security/posture': { ...base, sentence: 'no promise of security is made', rows: [] },
    surface: {
      ...base,
      sentence: 'no host has been looked at yet: the first look takes ten seconds',
      teach: 'wait, or run `daytwo agent` on the host',
      coverage: [],
      rows: [],
    },
    cpu: {
      ...base,
      sentence: 'no processor has been measured yet: it takes half a minute of samples',
      teach: 'wait, or scrape a node_exporter: scrape_configs in daytwo.yml',
      rows: [],
    },
    learn: {
      ...base,
      sentence: 'No forecast is due yet',
      forecasts: [],
      coverage: null,
      brier: null,
    },
    worry: {
      ...some.worry,
      worry: { ...some.worry.worry, worth: null, chance_pays: null, tripwire: null },
      ours: null,
      customers: null,
      worlds: null,
      fan: null,
      date: null,
      evidence: [],
      scores: [],
      how_computed: [],
      thread: [],
      question: QUESTION,
      written: '',
    },
  };
}
