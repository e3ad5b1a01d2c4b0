const settleMs = 600;

let busy = 0;
let settling: ReturnType<typeof setTimeout> | undefined;
const waiting: (() => Promise<unknown>)[] = [];

// What was answered is drawn, and what is drawn may ask again: only when nothing has been asked for a while is nobody waiting.
function settle() {
  clearTimeout(settling);
  settling = setTimeout(() => {
    if (busy === 0 && globalThis.navigator?.onLine !== false) for (const load of waiting.splice(0)) load().catch(() => undefined);
  }, settleMs);
}

/** Counts a request among those somebody waits for. */
export async function onTheLine<T>(request: Promise<T>): Promise<T> {
  busy++;
  try {
    return await request;
  } finally {
    busy--;
    settle();
  }
}

/** Does what can wait as soon as nobody waits for anything. */
export function whenQuiet(load: () => Promise<unknown>) {
  waiting.push(load);
  settle();
}
