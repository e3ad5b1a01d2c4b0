using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Journal;

/// <summary>What the records a session writes refer to must be there, and the actor must see it.</summary>
public sealed partial class Session
{
    private readonly HashSet<(RecordType Type, Guid Id, string Field, bool Vouched)> references = [];
    private HashSet<(RecordType Type, Guid Id)>? vouched;

    // Checked at the end: a merge may restore what it refers to later.
    private void Refer(RecordType type, Record after, Changes changes)
    {
        foreach (var field in type.References.Where(f => changes.ContainsKey(f.Name) && !IsOwner(f)))
            if (field.Of(after) is Guid id && home.Types.Find(field.Refers!) is { } target)
                references.Add((target, id, field.Name, vouched?.Contains((target, id)) == true));
    }

    // Whose a record is, only one service knows, and it takes no other word for it there than elsewhere.
    private static bool IsOwner(Field field) => field.Property.DeclaringType == typeof(Record);

    private async Task CheckReferences()
    {
        foreach (var same in references.GroupBy(r => (r.Type, r.Field, r.Vouched)))
        {
            var seen = same.Key.Vouched ? "" : (await Reach(same.Key.Type, Deed.Read)).And(same.Key.Type.Table);
            var command = Statements.Refers(same.Key.Type, Cause.Tenant, [.. same.Select(r => r.Id)], same.Key.Field, seen);
            await unit.Write(Cause.Tenant, seen.Length > 0 ? await Placed(command) : command, cancel);
        }
        references.Clear();
    }

    // A record that was locked can be seen, so what it refers to may be referred to by others as well.
    private async ValueTask Vouch(RecordType type, Record record)
    {
        if ((await Standing()).Rights.IsEverything)
            return;
        foreach (var field in type.References)
            if (field.Of(record) is Guid id && home.Types.Find(field.Refers!) is { } target)
                (vouched ??= []).Add((target, id));
    }
}
