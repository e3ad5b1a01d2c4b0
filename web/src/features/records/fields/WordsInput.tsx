import { useState } from 'react';
import { t } from '@/lib/i18n/t';
import { TextInput } from '@/ui/Field';

type Props = {
  readonly id?: string;
  readonly label?: string;
  readonly describedBy?: string;
  readonly invalid?: boolean;
  readonly value: readonly string[];
  readonly set: (words: readonly string[]) => void;
  readonly placeholder?: string;
  /** Whether a space ends a word, too: of names and addresses none has one. */
  readonly spaces?: boolean;
  readonly autoFocus?: boolean;
};

/** Some words with commas between them; what is typed stays as it is typed. */
export function WordsInput({ id, label, describedBy, invalid, value, set, placeholder, spaces, autoFocus }: Props) {
  const [text, setText] = useState(value.join(', '));
  const words = (typed: string) => typed.split(spaces ? /[,\s]+/ : ',').map((word) => word.trim());
  return (
    <TextInput
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      autoFocus={autoFocus}
      spellCheck={!spaces}
      placeholder={placeholder ?? t('field.words')}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        set([...new Set(words(target.value).filter(Boolean))]);
      }}
    />
  );
}
