import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import Check from 'lucide-react/icons/check';
import Minus from 'lucide-react/icons/minus';
import styles from './Field.module.css';

type Props = {
  readonly id?: string;
  readonly label?: string;
  readonly checked: boolean;
  readonly some?: boolean;
  readonly set: (checked: boolean) => void;
  readonly disabled?: boolean;
};

export function Checkbox({ id, label, checked, some, set, disabled }: Props) {
  return (
    <Base.Root
      id={id}
      aria-label={label}
      checked={checked}
      indeterminate={some}
      onCheckedChange={set}
      disabled={disabled}
      className={styles.check}
    >
      <Base.Indicator>
        {some ? <Minus size={12} strokeWidth={3} aria-hidden /> : <Check size={12} strokeWidth={3} aria-hidden />}
      </Base.Indicator>
    </Base.Root>
  );
}

export function Switch({ id, label, checked, set, disabled }: Props) {
  return (
    <BaseSwitch.Root id={id} aria-label={label} checked={checked} onCheckedChange={set} disabled={disabled} className={styles.switch}>
      <BaseSwitch.Thumb className={styles.thumb} />
    </BaseSwitch.Root>
  );
}
