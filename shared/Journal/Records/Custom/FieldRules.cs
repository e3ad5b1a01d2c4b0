using CrmPlatform.Access.Roles;

namespace CrmPlatform.Journal.Records.Custom;

/// <summary>What holds of a custom field beside the rules of its own fields, at every door: nothing that uses it breaks.</summary>
internal static class FieldRules
{
    private const int Most = 500;
    private const int MostIndexed = 20;
    private const int Counted = 1000;

    public static async ValueTask<CustomField> Check(Session session, CustomField? before, CustomField after)
    {
        await session.Demand(Privilege.DataModel);
        if (session.FindType(after.Record) is not { } type || after.Kind is null || !FieldDefinition.IsName(after.Name))
            return after; // the validator says why not
        Unchanged(before, after);
        var (was, isThere) = (before is { DeletedAt: null }, after.DeletedAt is null);
        if (isThere)
            FieldDefinition.Check(type, after);
        if (isThere && !was)
            await MayCome(session, type, before, after);
        if (!isThere && was)
            await MayGo(session, type, after);
        if (isThere && after.Indexed && !(was && before!.Indexed))
            await MayBeIndexed(session, type, after);
        if (isThere && was)
            await MayLoseChoices(session, type, before!, after);
        return after;
    }

    private static void Unchanged(CustomField? before, CustomField after)
    {
        if (before is null)
            return;
        var errors = new Errors();
        if (before.Record != after.Record)
            errors.Add("record", "A field stays with its record type.");
        if (before.Name != after.Name)
            errors.Add("name", "The name of a field never changes, so that nothing that uses it breaks; its label can.");
        if (before.Kind != after.Kind)
            errors.Add("kind", "What a field holds never changes; add another field.");
        errors.Throw();
    }

    private static async Task MayCome(Session session, RecordType type, CustomField? before, CustomField field)
    {
        // One at a time per record type, so that neither name nor number is decided by who is faster.
        await session.Hold([$"fields of {type.Name}"]);
        var others = await session.Read(
            "select name from custom_field where tenant = $1 and record = $2 and deleted_at is null and id <> $3",
            row => row.GetString(0), session.Cause.Tenant, field.Record, field.Id);
        if (others.Contains(field.Name))
            throw InTheWay("duplicate", "name", $"A {type.Name} has a custom field {field.Name} already.");
        if (others.Count >= Most)
            throw InTheWay("too_many", "record", $"A {type.Name} has {Most} custom fields; more do not fit.");

        // What a deleted field has left belongs to that field, which can be restored.
        var leftByOthers = before is null || (await session.Read(
            "select kind from custom_field where tenant = $1 and record = $2 and name = $3 and id <> $4",
            row => row.GetString(0), session.Cause.Tenant, field.Record, field.Name, field.Id))
            .Any(kind => !kind.Equals($"{field.Kind}", StringComparison.OrdinalIgnoreCase));
        if (leftByOthers && await Values(session, type, field.Name) > 0)
            throw InTheWay("in_use", "name", $"Records still have values of a deleted field {field.Name}; restore that, or take another name.");
    }

    private static async Task MayGo(Session session, RecordType type, CustomField field)
    {
        if (session.Confirmed || await Values(session, type, field.Name) is not (> 0 and var found))
            return;
        throw InTheWay("in_use", "name", $"{(found < Counted ? found : $"{Counted} or more")} records have a value of {field.Name}. "
            + "Retire the field, or delete it with confirm=true: its values then are out of reach until it is restored.");
    }

    private static async Task MayBeIndexed(Session session, RecordType type, CustomField field)
    {
        var others = await session.Query<Guid>(
            "select id from custom_field where tenant = @tenant and record = @record and indexed and deleted_at is null and id <> @id",
            new { record = field.Record, id = field.Id });
        if (others.Count >= MostIndexed)
            throw Refusal.Invalid("indexed", $"A {type.Name} has at most {MostIndexed} indexed fields.");
        var tooLong = await session.Query<bool>(
            $"select exists (select 1 from {type.Table} where tenant = @tenant and length(custom ->> @name) > @most)",
            new { name = field.Name, most = FieldDefinition.LongestIndexed });
        if (FieldDefinition.IsText(field) && tooLong[0])
            throw Refusal.Invalid("indexed", $"An indexed text has at most {FieldDefinition.LongestIndexed} characters; some records have more.");
    }

    private static async Task MayLoseChoices(Session session, RecordType type, CustomField before, CustomField after)
    {
        string[] gone = [.. before.Choices.Select(c => c.Value).Except(after.Choices.Select(c => c.Value))];
        if (gone.Length == 0)
            return;
        var used = await session.Query<bool>(
            $"""
            select exists (select 1 from {type.Table} where tenant = @tenant
                and case jsonb_typeof(custom -> @name) when 'array' then jsonb_exists_any(custom -> @name, @gone) else custom ->> @name = any(@gone) end)
            """,
            new { name = before.Name, gone });
        if (used[0])
            throw InTheWay("in_use", "choices", $"Records use {string.Join(", ", gone.Take(20))}: retire it instead.");
    }

    private static async Task<long> Values(Session session, RecordType type, string name) => (await session.Query<long>(
        $"select count(*) from (select 1 from {type.Table} where tenant = @tenant and jsonb_exists(custom, @name) limit {Counted}) found", new { name }))[0];

    internal static Refusal InTheWay(string code, string field, string message) =>
        new(409, code, message)
        {
            Errors = new Dictionary<string, string[]> { [field] = [message] },
            Facts = Refusal.Broken(field, code == "duplicate" ? BrokenRule.Taken : null),
        };
}
