import LockKeyhole from 'lucide-react/icons/lock-keyhole';
import { Link } from 'wouter';
import { t } from '@/lib/i18n/t';
import { EmptyState } from '@/ui/EmptyState';

/** An address of the settings that is no page, or none for this person. */
export const NoPage = () => (
  <EmptyState page icon={LockKeyhole} title={t('set.noPage')} actions={<Link href="/settings">{t('set.toList')}</Link>}>
    {t('set.noPageText')}
  </EmptyState>
);
