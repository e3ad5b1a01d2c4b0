using CrmPlatform.Access.Roles;

namespace CrmPlatform.Journal.Roles;

/// <summary>
/// What somebody sees of another service's records, of which this one keeps copies with <c>ownerId</c> and <c>teamId</c>: a condition for a query that
/// is given <see cref="Me"/> and <see cref="Teams"/> as parameters, and which fields.
/// </summary>
public sealed class CopyReach
{
    private readonly string copy;
    private readonly string record;
    private readonly Standing standing;

    internal CopyReach(Standing standing, string copy)
    {
        (this.standing, this.copy) = (standing, copy);
        record = copy[(copy.LastIndexOf('.') + 1)..]; // contacts.contact is a contact
    }

    /// <summary>Who acts.</summary>
    public Guid? Me => standing.Me;

    /// <summary>The teams whose records are theirs too.</summary>
    public Guid[] Teams => standing.Teams.AsArray();

    /// <summary>What holds where the record of an id is seen; one of which nothing is known here is not, but to who sees all.</summary>
    public string Includes(string id) => standing.Rights.For(record, Deed.Read) switch
    {
        Reach.All => "true",
        Reach.None => "false",
        Reach.Own => Copied(id, "(seen.fields ->> 'ownerId')::uuid = @Me"),
        _ => Copied(id, "((seen.fields ->> 'ownerId')::uuid = @Me or (seen.fields ->> 'teamId')::uuid = any(@Teams))"),
    };

    /// <summary>Whether a field can be read.</summary>
    public bool Shows(string field) => standing.Rights.IsEverything || standing.Rights.Field(record, field) >= FieldRight.ReadOnly;

    private string Copied(string id, string condition) =>
        $"exists (select from copy seen where seen.tenant = @tenant and seen.record = '{copy}' and seen.id = {id} and {condition})";
}
