import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { Component, type ReactNode } from 'react';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';

type Props = { readonly children: ReactNode; readonly whole?: boolean; readonly at?: string };

/** What breaks inside is said here, and breaks nothing outside. */
export class Boundary extends Component<Props, { readonly error: Error | undefined }> {
  override state: { readonly error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError = (error: Error) => ({ error });

  // Another place is another try.
  override componentDidUpdate(before: Props) {
    if (before.at !== this.props.at && this.state.error) this.setState({ error: undefined });
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <EmptyState
        page
        icon={TriangleAlert}
        title={t('fail.title')}
        actions={
          <>
            <Button look="primary" onClick={() => (this.props.whole ? location.reload() : this.setState({ error: undefined }))}>
              {t('retry')}
            </Button>
            <Button onClick={() => location.reload()}>{t('reload')}</Button>
          </>
        }
      >
        {t('fail.text')}
      </EmptyState>
    );
  }
}
