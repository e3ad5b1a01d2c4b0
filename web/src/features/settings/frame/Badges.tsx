import type { ReactNode } from 'react';
import styles from './Page.module.css';

/** Some words in a row, as many lines as they need. */
export const Badges = ({ children }: { readonly children: ReactNode }) => <span className={styles.badges}>{children}</span>;
