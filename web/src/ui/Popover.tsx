import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { cx } from '@/lib/classes';
import floating from './floating.module.css';

type Props = {
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly title: string;
  readonly children: ReactNode;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly align?: 'start' | 'end';
};

/** Something to look at or set beside the page, which stays in use. */
export function Popover({ trigger, title, children, open, onOpenChange, align = 'start' }: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={floating.positioner} sideOffset={4} align={align} collisionPadding={8}>
          <Base.Popup className={cx(floating.popup, floating.roomy)}>
            <Base.Title className="unseen">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
