import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { useRef, useState } from 'react';
import { formatInstant } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextInput } from '@/ui/Field';
import styles from './SecretDialog.module.css';

type Props = { readonly secret: string; readonly othersEndAt?: string | null; readonly close: () => void };

/** A secret, the only time it is shown. */
export function SecretDialog({ secret, othersEndAt, close }: Props) {
  const done = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open
      close={close}
      title={t('set.secretOnce')}
      focus={done}
      footer={
        <button type="button" ref={done} className={styles.done} onClick={close}>
          {t('set.secretKept')}
        </button>
      }
    >
      <p className={styles.text}>{t('set.secretText')}</p>
      <CopyText label={t('set.secret')} text={secret} />
      {othersEndAt && <p className={styles.text}>{t('set.othersEnd', { at: formatInstant(othersEndAt) })}</p>}
    </Dialog>
  );
}

/** A text to be taken elsewhere. */
export function CopyText({ label, text }: { readonly label: string; readonly text: string }) {
  const [isCopied, setCopied] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Where the browser gives no clipboard, it is marked to be copied by hand.
      input.current?.select();
    }
  };
  return (
    <span className={styles.copy}>
      <TextInput
        ref={input}
        readOnly
        aria-label={label}
        spellCheck={false}
        className={styles.secret}
        value={text}
        onFocus={({ target }) => target.select()}
      />
      <Button icon={isCopied ? Check : Copy} onClick={() => void copy()}>
        <span aria-live="polite">{isCopied ? t('set.copied') : t('set.copy')}</span>
      </Button>
    </span>
  );
}
