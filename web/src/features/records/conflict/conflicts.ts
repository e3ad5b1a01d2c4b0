import type { RecordType } from '@/api/model';
import type { Conflict } from '@/api/problems';
import type { Row } from '@/api/values';
import { Store } from '@/lib/store';

/** Whose value of a field stays. */
export type Side = 'mine' | 'theirs';
export type Choice = Readonly<Record<string, Side>>;

/** Two people have changed the same fields: the second one is asked. */
export type Asked = {
  readonly type: RecordType;
  readonly row: Row;
  readonly conflicts: readonly Conflict[];
  /** Records that the person's own references lead to, which the server has not seen yet. */
  readonly shown: Readonly<Record<string, Row | null>>;
  readonly answer: (choice: Choice | undefined) => void;
};

export const asked = new Store<Asked | undefined>(undefined);

/** Asks whose values stay; nothing is answered by who wants to go on editing. */
export function settle(what: Omit<Asked, 'answer'>): Promise<Choice | undefined> {
  asked.get()?.answer(undefined);
  return new Promise((done) =>
    asked.set({
      ...what,
      answer: (choice) => {
        asked.set(undefined);
        done(choice);
      },
    }),
  );
}
