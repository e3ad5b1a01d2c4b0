import { route } from '@/lib/routes';

export const settingsRoutes = [route('/settings/*?', () => import('./frame/SettingsScreen').then((file) => file.SettingsScreen))];
