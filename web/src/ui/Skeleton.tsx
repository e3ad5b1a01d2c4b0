import styles from './Skeleton.module.css';

/** Where something is about to be, in its size: nothing moves when it comes. */
export const Skeleton = ({ width = '60%', height = 12 }: { readonly width?: number | string; readonly height?: number | string }) => (
  <span className={styles.skeleton} style={{ width, height }} aria-hidden />
);
