// Worries: what worries us, and what do we do about each?
import type { WorriesPage } from '../api/api.gen.ts';
import { own } from '../api/resource.ts';
import { Empty, Page, Panel, Skeleton } from '../parts/page.tsx';
import { WorryTable } from '../parts/worries.tsx';
import { WriteWorry } from '../parts/write.tsx';
import { place, setParams } from '../router.ts';

export function Worries() {
  const all = place.value.params.get('state') === 'all';
  return (
    <Page<WorriesPage>
      title="Worries"
      what="the worries"
      from={own<WorriesPage>(`worries?state=${all ? 'all' : 'open'}`)}
      key={all ? 'all' : 'open'}
      answer={(page) => page.sentence}
      question="What worries us, and what do we do about each?"
      tools={<ClosedToo all={all} />}
    >
      {(page) => (
        <>
          <Panel question="What else worries you?">
            <WriteWorry />
          </Panel>
          <Panel
            question="What is it worth, and what would change our mind?"
            note="most pressing first"
          >
            {page === null ? (
              <Skeleton rows={8} />
            ) : page.worries.length > 0 ? (
              <WorryTable
                rows={page.worries}
                caption="Worries"
                columns={['what', 'verdict', 'pays', 'worth', 'owner', 'tripwire', 'score']}
              />
            ) : (
              <Empty
                text="No worry yet. Write one above, or on the command line:"
                teach={'daytwo worry add "30% a year that payments is down, 2h to 8h"'}
              />
            )}
          </Panel>
        </>
      )}
    </Page>
  );
}

function ClosedToo(props: { all: boolean }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={props.all}
        onChange={(event) => setParams({ state: event.currentTarget.checked ? 'all' : '' })}
      />
      <span>closed ones too</span>
    </label>
  );
}
