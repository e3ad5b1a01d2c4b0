namespace CrmPlatform.Journal;

/// <summary>What must be one although there is no row yet that could be locked.</summary>
public sealed partial class Session
{
    /// <summary>Waits until no other session of the tenant holds any of these names, and holds them until this one ends.</summary>
    public async Task Hold(IEnumerable<string> names) => await unit.Read(
        Cause.Tenant,
        Statements.Positional(
            """
            select 1 from (select name from unnest($2) name order by name) n,
                lateral pg_advisory_xact_lock(hashtextextended($1::text || '/' || n.name, 0))
            """,
            [Cause.Tenant, names.ToArray()]),
        row => row.GetInt32(0), locks: true, cancel);
}
