import { Skeleton } from '@/ui/Skeleton';
import card from './Card.module.css';
import lane from './Lane.module.css';

/** A column that is about to come. */
export const Sketch = () => (
  <div className={lane.lane} aria-hidden>
    <div className={lane.head}>
      <Skeleton width="50%" />
    </div>
    <div className={lane.cards}>
      {[0, 1, 2, 3].map((i) => (
        <div key={i} className={card.card} style={{ marginBottom: 8 }}>
          <Skeleton width="80%" />
          <Skeleton width="50%" />
        </div>
      ))}
    </div>
  </div>
);
