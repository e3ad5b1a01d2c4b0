import { Popover as Base } from '@base-ui/react/popover';
import { cx } from '@/lib/classes';
import floating from './floating.module.css';
import type { PopoverProps } from './Popover';

/** What a popover is once it has been opened: it is open when it is first drawn. */
export function PopoverBox({ trigger, title, children, open, onOpenChange, align = 'start' }: PopoverProps) {
  return (
    <Base.Root defaultOpen open={open} onOpenChange={onOpenChange}>
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
