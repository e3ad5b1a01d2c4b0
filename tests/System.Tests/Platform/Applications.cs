namespace CrmPlatform.SystemTests.Platform;

/// <summary>
/// Counts how often the consumer of the timeline really ran, commit by commit. The timeline alone cannot show that something was applied
/// twice, since its key swallows the second row; a trigger, which fires before, can.
/// </summary>
internal static class Applications
{
    public static async Task CountThem(RealPlatform platform) => await platform.Rows(
        "activities",
        """
        create table applied (tenant uuid, record_id uuid, version int);
        create function count_applied() returns trigger language plpgsql security definer as $$
        begin
            insert into public.applied values (new.tenant, new.record_id, new.version);
            return new;
        end $$;
        create trigger applied before insert on timeline for each row execute function count_applied();
        """,
        row => 0);

    public static Task<List<(Guid Record, int Version)>> Of(RealPlatform platform, Guid tenant) => platform.Rows(
        "activities", "select record_id, version from applied where tenant = $1", row => (row.GetGuid(0), row.GetInt32(1)), tenant);
}
