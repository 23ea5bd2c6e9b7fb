// Objectives: which promise breaks first?
import type { ObjectivesPage } from '../api/api.gen.ts';
import { own } from '../api/resource.ts';
import { ObjectiveTable } from '../parts/objectives.tsx';
import { Empty, Page, Panel, Skeleton } from '../parts/page.tsx';

const TEACH = `# a service's file
slos:
  - {name: availability, bad: 'http_requests_total{code=~"5.."}', total: http_requests_total,
     target: 99.9, window: 28d}`;

const NOTHING =
  'Nothing is promised yet. A watched URL has an objective from its first minute; ' +
  'others stand in a service’s file:';

export function ObjectivesList() {
  return (
    <Page<ObjectivesPage>
      title="Objectives"
      what="the objectives"
      from={own<ObjectivesPage>('objectives')}
      answer={(page) => page.sentence}
      question="Which promise breaks first?"
    >
      {(page) => (
        <Panel question="How much of each budget is left, and how fast does it go?">
          {page === null ? (
            <Skeleton rows={6} />
          ) : page.objectives.length > 0 ? (
            <ObjectiveTable rows={page.objectives} services />
          ) : (
            <Empty text={NOTHING} teach={TEACH} />
          )}
        </Panel>
      )}
    </Page>
  );
}
