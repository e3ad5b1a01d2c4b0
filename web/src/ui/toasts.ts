import { Toast } from '@base-ui/react/toast';

export const toasts = Toast.createToastManager();

type Told = {
  readonly text: string;
  readonly detail?: string;
  readonly bad?: boolean;
  readonly action?: { label: string; run: () => void };
};

/** Says in passing that something has happened, and offers to take it back. Whoever points at it has time to read. */
export function toast({ text, detail, bad, action }: Told): string {
  const id: string = toasts.add({
    title: text,
    description: detail,
    type: bad ? 'bad' : 'good',
    // One of high priority would be hidden from who reads it by ear, and still have the focus.
    priority: 'low',
    timeout: bad ? 10_000 : 6_000,
    actionProps: action && {
      children: action.label,
      onClick: () => {
        toasts.close(id);
        action.run();
      },
    },
  });
  return id;
}
