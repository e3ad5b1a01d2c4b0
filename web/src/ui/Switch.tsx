import { Switch as Base } from '@base-ui/react/switch';
import styles from './Field.module.css';

type Props = {
  readonly id?: string;
  readonly label?: string;
  readonly checked: boolean;
  readonly set: (checked: boolean) => void;
  readonly disabled?: boolean;
};

export function Switch({ id, label, checked, set, disabled }: Props) {
  return (
    <Base.Root id={id} aria-label={label} checked={checked} onCheckedChange={set} disabled={disabled} className={styles.switch}>
      <Base.Thumb className={styles.thumb} />
    </Base.Root>
  );
}
