import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactElement } from 'react';
import { cx } from '@/lib/classes';
import styles from './Button.module.css';
import { Tooltip } from './Tooltip';

export type ButtonProps = ComponentProps<'button'> & {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly icon?: LucideIcon;
  readonly small?: boolean;
};

export function Button({ look = 'plain', icon: Icon, small, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={cx(styles.button, styles[look], small && styles.small, className)}>
      {Icon && <Icon size={small ? 14 : 15} aria-hidden />}
      {children}
    </button>
  );
}

/** What leads elsewhere and looks like a button. */
export const buttonLook = cx(styles.button, styles.plain);

export type IconButtonProps = ComponentProps<'button'> & {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly keys?: string;
  readonly pressed?: boolean;
};

/** A button that is an icon; its name is read out, and shown where the pointer rests. */
export function IconButton({ label, icon: Icon, keys, pressed, className, ...rest }: IconButtonProps): ReactElement {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        {...rest}
        className={cx(styles.button, styles.quiet, styles.icon, className)}
      >
        <Icon size={16} aria-hidden />
      </button>
    </Tooltip>
  );
}
