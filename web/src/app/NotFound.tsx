import Compass from 'lucide-react/icons/compass';
import { Link } from 'wouter';
import { t } from '@/lib/i18n/t';
import { EmptyState } from '@/ui/EmptyState';

export const NotFound = () => (
  <EmptyState page icon={Compass} title={t('fail.notFound')} actions={<Link href="/">{t('fail.home')}</Link>}>
    {t('fail.notFoundText')}
  </EmptyState>
);
