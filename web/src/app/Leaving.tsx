import { leave, leaving } from '@/lib/leaving';
import { useStore } from '@/lib/store';
import { DiscardDialog } from '@/ui/DiscardDialog';

/** Asks whoever goes elsewhere before they have saved. */
export function Leaving() {
  const isAsked = useStore(leaving) !== undefined;
  return <DiscardDialog open={isAsked} keep={() => leaving.set(undefined)} discard={leave} />;
}
