import { Programs } from './ProgramsScreen';
import { apiKeys, clients } from './program';

export const ApiKeysScreen = () => <Programs kind={apiKeys} />;

export const ClientsScreen = () => <Programs kind={clients} />;
