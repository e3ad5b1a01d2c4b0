using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Records;

/// <summary>
/// Records that say how a service works, for everybody of the tenant: who may shape the data model changes them, whatever their role says of records.
/// </summary>
public static class Administered
{
    /// <summary>The rule.</summary>
    public static async ValueTask<T> Rule<T>(Session session, T? before, T after)
        where T : Record
    {
        await session.Demand(Privilege.DataModel);
        return after;
    }
}
