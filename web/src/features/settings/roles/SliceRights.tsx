import { useModel } from '@/api/model';
import { t } from '@/lib/i18n/t';
import { spokenName } from '@/lib/words';
import { Checkbox } from '@/ui/Checkbox';
import { Switch } from '@/ui/Switch';
import { Line } from '../frame/Panel';
import styles from './RoleForm.module.css';
import { any } from './role';

type Props = { readonly slices: readonly string[]; readonly readOnly?: boolean; readonly set: (slices: readonly string[]) => void };

/** Which use cases are allowed: all there are and will be, or some. */
export function SliceRights({ slices, readOnly, set }: Props) {
  const model = useModel();
  const isAll = slices.includes(any);
  const services = [...new Set([...model.slices.values()].map((slice) => slice.service))];
  return (
    <div className={styles.lines}>
      <Line label={t('set.allSlices')} help={t('set.allSlicesText')}>
        {(id) => (
          <Switch
            id={id}
            disabled={readOnly}
            checked={isAll}
            set={(on) =>
              set(on ? [any, ...slices.filter((one) => one !== any && !model.slices.has(one))] : slices.filter((one) => one !== any))
            }
          />
        )}
      </Line>
      {!isAll &&
        services.map((service) => (
          <fieldset key={service} className={styles.whole}>
            <legend className={styles.group}>{spokenName(service)}</legend>
            <div className={styles.slices}>
              {[...model.slices.values()]
                .filter((slice) => slice.service === service)
                .map(({ name }) => (
                  // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is one.
                  <label key={name} className={styles.slice}>
                    <Checkbox
                      label={spokenName(name)}
                      disabled={readOnly}
                      checked={slices.includes(name)}
                      set={(on) => set(on ? [...slices, name] : slices.filter((one) => one !== name))}
                    />
                    {spokenName(name)}
                  </label>
                ))}
            </div>
          </fieldset>
        ))}
    </div>
  );
}
