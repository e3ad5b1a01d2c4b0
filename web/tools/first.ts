/** What a bundler says of a module. */
type Known = { readonly importedIds: readonly string[] };
type Graph = { readonly getModuleInfo: (id: string) => Known | null };

const starts = ['/src/app/main.tsx', '/src/features/records/list/ListScreen.tsx'];

/**
 * All that a first visit to a list needs comes in two files, the libraries' and ours, instead of in fifty of some hundred bytes; what is wanted later
 * stays in files of its own.
 */
export function firstFiles(root: string) {
  let first: ReadonlySet<string> | undefined;
  const group = (name: string, priority: number, isOf: (id: string) => boolean) => ({
    debugName: name,
    priority,
    name: (id: string, graph: Graph) => {
      first ??= reachable(
        starts.map((start) => root + start),
        graph,
      );
      return first.has(id) && isOf(id) ? name : null;
    },
  });
  return [group('libraries', 2, (id) => id.includes('/node_modules/')), group('first', 1, () => true)];
}

function reachable(from: readonly string[], graph: Graph): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...from];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
  }
  return found;
}
