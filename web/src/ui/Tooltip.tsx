import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import floating from './floating.module.css';
import { Keys } from './Keys';

type Props = { readonly text: string; readonly keys?: string; readonly children: ReactElement<Record<string, unknown>> };

/** Says what something is where the pointer rests or the focus comes by keyboard. */
export function Tooltip({ text, keys, children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={400} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className={floating.positioner}>
          <Base.Popup className={floating.tooltip}>
            {text}
            {keys && <Keys of={keys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
