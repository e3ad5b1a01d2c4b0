import { Select as Base } from '@base-ui/react/select';
import Check from 'lucide-react/icons/check';
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down';
import { cx } from '@/lib/classes';
import field from './Field.module.css';
import floating from './floating.module.css';

export type Option<T extends string = string> = { readonly value: T; readonly label: string; readonly retired?: boolean };

type Props<T extends string> = {
  readonly id?: string;
  readonly label?: string;
  readonly value: T | null;
  readonly options: readonly Option<T>[];
  readonly choose: (value: T | null) => void;
  /** What is shown where nothing is chosen; with it nothing can be chosen again. */
  readonly none?: string;
  readonly small?: boolean;
  readonly disabled?: boolean;
  readonly invalid?: boolean;
  readonly describedBy?: string;
  readonly className?: string;
};

/** One of a few. */
export function Select<T extends string>({
  id,
  label,
  value,
  options,
  choose,
  none,
  small,
  disabled,
  invalid,
  describedBy,
  className,
}: Props<T>) {
  const items = [
    ...(none === undefined ? [] : [{ value: null, label: none }]),
    ...options.filter((option) => !option.retired || option.value === value),
  ];
  return (
    <Base.Root items={items} value={value} onValueChange={(next) => choose(next as T | null)} disabled={disabled}>
      <Base.Trigger
        id={id}
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        className={cx(field.input, field.select, small && field.small, className)}
      >
        <Base.Value className={floating.text} />
        <Base.Icon>
          <ChevronsUpDown size={14} aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className={floating.positioner} sideOffset={4} alignItemWithTrigger={false} collisionPadding={8}>
          <Base.Popup className={floating.popup}>
            <Base.List className={floating.list}>
              {items.map((item) => (
                <Base.Item key={item.value ?? ''} value={item.value} className={floating.item}>
                  <Base.ItemText className={floating.text}>{item.label}</Base.ItemText>
                  <Base.ItemIndicator>
                    <Check size={15} aria-hidden />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
