import { Menu as Base } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';
import Check from 'lucide-react/icons/check';
import type { ReactElement, ReactNode } from 'react';
import { cx } from '@/lib/classes';
import floating from './floating.module.css';
import { Keys } from './Keys';

type Props = {
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly children: ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  readonly side?: 'top' | 'bottom' | 'right';
};

/** Things to do, opened by a button. */
export function Menu({ trigger, children, align = 'start', side = 'bottom' }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={floating.positioner} sideOffset={4} align={align} side={side} collisionPadding={8}>
          <Base.Popup className={floating.popup}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

type ItemProps = {
  readonly icon?: LucideIcon;
  readonly keys?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly run: () => void;
  readonly children: ReactNode;
};

export function MenuItem({ icon: Icon, keys, danger, disabled, run, children }: ItemProps) {
  return (
    <Base.Item className={cx(floating.item, danger && floating.danger)} disabled={disabled} onClick={run}>
      {Icon && <Icon size={15} aria-hidden />}
      <span className={floating.text}>{children}</span>
      {keys && <Keys of={keys} />}
    </Base.Item>
  );
}

type ChoiceProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { value: T; label: string }[];
  readonly choose: (value: T) => void;
};

/** One of some, chosen inside a menu. */
export function MenuChoice<T extends string>({ label, value, options, choose }: ChoiceProps<T>) {
  return (
    <Base.Group>
      <Base.GroupLabel className={floating.label}>{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(next) => choose(next as T)}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} className={floating.item} closeOnClick={false}>
            <span className={floating.text}>{option.label}</span>
            <Base.RadioItemIndicator>
              <Check size={15} aria-hidden />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

export const MenuSeparator = () => <Base.Separator className={floating.separator} />;
