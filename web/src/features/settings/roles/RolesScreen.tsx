import { Route, Switch } from 'wouter';
import { RoleList } from './RoleList';
import { NewRole, OwnRole, ReadyMadeRole } from './RoleScreen';

/** Who may do what: the roles, and one of them. */
export const RolesScreen = () => (
  <Switch>
    <Route path="/settings/roles">
      <RoleList />
    </Route>
    <Route path="/settings/roles/new">
      <NewRole />
    </Route>
    <Route path="/settings/roles/ready/:name">
      <ReadyMadeRole />
    </Route>
    <Route path="/settings/roles/:id">
      <OwnRole />
    </Route>
  </Switch>
);
