using CrmPlatform.Access.Roles;
using CrmPlatform.Journal.Intake;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Query;

namespace CrmPlatform.Records;

/// <summary>
/// What can be asked of another service's records that this one keeps copies of: <c>account.industry</c> of a deal, <c>owner.name</c> of anything. Their fields
/// are texts here, and what ends in Id a reference; who does not see a record or a field of it there does not see it here.
/// </summary>
public sealed partial class Shapes
{
    // contacts.account; and user, which every service knows from identity.
    private Link? ToCopy(string refers, string column, Built built) =>
        types.Copies.FirstOrDefault(c => c.Record == refers || c.Record == $"identity.{refers}") is { } copy && ReachOf(copy, built.Rights) is { } reach
            ? Link.To(() => built.Shapes.GetOrAdd(copy.Record, _ => Of(copy, reach, built.Rights)), column, InDatabase) : null;

    private static Shape Of(Copy copy, string reach, Rights rights) => new(
        copy.Record, "copy",
        copy.Fields.Where(field => rights.IsEverything || rights.Field(Bare(copy), field) >= FieldRight.ReadOnly).Distinct().Select(Copied),
        $"{{r}}.record = '{copy.Record}' and not {{r}}.deleted and {reach}");

    private static Query.Field Copied(string field) => field.EndsWith("Id", StringComparison.Ordinal)
        ? new Query.Field(field, Kind.Reference, $"crm.id({{r}}.fields->'{field}')", InDatabase)
        : new Query.Field(field, Kind.Text, $"({{r}}.fields->>'{field}')", InDatabase);

    // What of the copies is seen, or null where nothing is. A copy without an owner is nobody's own.
    private static string? ReachOf(Copy copy, Rights rights)
    {
        const string Owner = $"crm.id({{r}}.fields->'ownerId') = {Reaching.Me}";
        return (rights.IsEverything ? Reach.All : rights.For(Bare(copy), Deed.Read)) switch
        {
            Reach.All => "true",
            Reach.None => null,
            Reach.Own => Owner,
            _ => $"({Owner} or crm.id({{r}}.fields->'teamId') = any({Reaching.Teams}))",
        };
    }

    private static string Bare(Copy copy) => copy.Record[(copy.Record.LastIndexOf('.') + 1)..];
}
