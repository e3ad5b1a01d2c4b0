import { Combobox as Base } from '@base-ui/react/combobox';
import Check from 'lucide-react/icons/check';
import X from 'lucide-react/icons/x';
import { type ReactNode, useRef } from 'react';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import field from './Field.module.css';
import floating from './floating.module.css';
import type { Option } from './Select';

type Props<T extends Option> = {
  readonly id?: string;
  readonly label?: string;
  readonly value: T | null;
  readonly items: readonly T[];
  readonly choose: (value: T | null) => void;
  /** What was typed: whoever looks elsewhere than in `items` answers with others. */
  readonly onType?: (text: string) => void;
  readonly placeholder?: string;
  readonly searching?: boolean;
  readonly autoFocus?: boolean;
  readonly disabled?: boolean;
  readonly invalid?: boolean;
  readonly describedBy?: string;
  readonly startsOpen?: boolean;
  readonly show?: (item: T) => ReactNode;
};

const isSame = (a: Option | null, b: Option | null) => a?.value === b?.value && a?.label === b?.label;
const areSame = (a: readonly Option[], b: readonly Option[]) => a.length === b.length && a.every((item, i) => isSame(item, b[i] ?? null));

function useSame<T>(now: T, same: (a: T, b: T) => boolean): T {
  const kept = useRef(now);
  if (!same(kept.current, now)) kept.current = now;
  return kept.current;
}

/** One of many, found by typing. */
export function Combobox<T extends Option>(props: Props<T>) {
  const { id, label, choose, onType, placeholder, searching, autoFocus, disabled, invalid, describedBy, startsOpen, show } = props;
  // What is typed lasts as long as it is about the same: others' changes draw this anew at any time.
  const value = useSame(props.value, isSame);
  const items = useSame(props.items, areSame);
  return (
    <Base.Root
      items={items as T[]}
      value={value}
      onValueChange={(next) => choose(next as T | null)}
      onInputValueChange={(text, { reason }) => reason === 'input-change' && onType?.(text)}
      isItemEqualToValue={(a: T, b: T) => a.value === b.value}
      itemToStringLabel={(item: T) => item.label}
      filter={onType ? null : undefined}
      defaultOpen={startsOpen}
      disabled={disabled}
      autoHighlight
    >
      <Base.InputGroup className={field.group}>
        <Base.Input
          id={id}
          aria-label={label}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          placeholder={placeholder}
          autoFocus={autoFocus}
          className={field.input}
        />
        {value && !disabled && (
          <Base.Clear className={field.clear} aria-label={t('clear')}>
            <X size={14} aria-hidden />
          </Base.Clear>
        )}
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner className={floating.positioner} sideOffset={4} collisionPadding={8}>
          <Base.Popup className={floating.popup}>
            <Base.Empty className={floating.empty}>{searching ? t('searching') : t('nothingFound')}</Base.Empty>
            <Base.List className={floating.list}>
              {(item: T) => (
                <Base.Item key={item.value} value={item} className={floating.item}>
                  <span className={cx(floating.text)}>{show?.(item) ?? item.label}</span>
                  <Base.ItemIndicator>
                    <Check size={15} aria-hidden />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
