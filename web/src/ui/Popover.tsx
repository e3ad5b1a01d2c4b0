import { cloneElement, type ReactElement, type ReactNode, useState } from 'react';
import { soon } from '@/lib/part';

const PopoverBox = soon(() => import('./PopoverBox').then((file) => file.PopoverBox));

export type PopoverProps = {
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly title: string;
  readonly children: ReactNode;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly align?: 'start' | 'end';
};

/** Something to look at or set beside the page, which stays in use. Until it is first opened there is its button alone. */
export function Popover(props: PopoverProps) {
  const { trigger, open, onOpenChange } = props;
  const [met, setMet] = useState(false);
  if (met || open) return <PopoverBox {...props} waiting={trigger} />;
  const begin = () => {
    setMet(true);
    onOpenChange?.(true);
  };
  return cloneElement(trigger, { 'aria-haspopup': 'dialog', 'aria-expanded': false, onClick: begin });
}
