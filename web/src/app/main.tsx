import '@/ui/tokens.css';
import '@/ui/base.css';
import { createRoot } from 'react-dom/client';
import { learn } from '@/lib/i18n/t';
import { keepDressed, preferences } from '@/lib/preferences';
import { App } from './App';

keepDressed();
const root = document.getElementById('root');
if (root)
  learn(preferences.get().language).finally(() => {
    createRoot(root).render(<App />);
  });

if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined);
