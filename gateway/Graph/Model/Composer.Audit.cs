using CrmPlatform.Access.Roles;
using CrmPlatform.Graph.Plan;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Hosting.Operations;

namespace CrmPlatform.Graph.Model;

/// <content>What everybody did, for those who may ask.</content>
internal sealed partial class Composer
{
    private void Audit(ObjectType query)
    {
        if (!Has(Privilege.Audit)
            || schemas.Values.Select(of => of.Operation(WholeAudit.Route, "GET")).FirstOrDefault(o => o is not null) is not { Answer: { } page } told)
            return;
        query.Fields.TryAdd("audit", new("audit", page.Nullable)
        {
            Says = "Who did what, when, from where, through which door, with values before and after, in all services: newest first.",
            Arguments = [.. told.Arguments(path: false)],
            Fetched = new AuditRead(),
        });
    }
}
