import '@/ui/tokens.css';
import '@/ui/base.css';
import { createRoot } from 'react-dom/client';
import { keepDressed, preferences } from '@/lib/preferences';
import { App } from './App';
import { speak } from './speak';

keepDressed();
const root = document.getElementById('root');
if (root)
  void speak(preferences.get().language).then(() => {
    createRoot(root).render(<App />);
  });

if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined);
