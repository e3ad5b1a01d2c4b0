using CrmPlatform.Access.Roles;

namespace CrmPlatform.Journal.Roles;

/// <summary>
/// What somebody sees (or may do) of another service's records, of which this one keeps copies with <c>ownerId</c> and <c>teamId</c>: a condition for a
/// query that is given <see cref="Me"/> and <see cref="Teams"/> as parameters, and which fields.
/// </summary>
public sealed class CopyReach
{
    private readonly string copy;
    private readonly string record;
    private readonly Standing standing;
    private readonly Deed deed;

    internal CopyReach(Standing standing, string copy, Deed deed)
    {
        (this.standing, this.copy, this.deed) = (standing, copy, deed);
        record = copy[(copy.LastIndexOf('.') + 1)..]; // contacts.contact is a contact
    }

    /// <summary>Who acts.</summary>
    public Guid? Me => standing.Me;

    /// <summary>The teams whose records are theirs too.</summary>
    public Guid[] Teams => standing.Teams.AsArray();

    /// <summary>What holds where the deed is allowed with the record of an id; one of which nothing is known here is not, but to who may all.</summary>
    public string Includes(string id) => Widest switch
    {
        Reach.All => "true",
        Reach.None => "false",
        Reach.Own => Copied(id, "(seen.fields ->> 'ownerId')::uuid = @Me"),
        _ => Copied(id, "((seen.fields ->> 'ownerId')::uuid = @Me or (seen.fields ->> 'teamId')::uuid = any(@Teams))"),
    };

    // What is not seen is not changed either.
    private Reach Widest => (Reach)Math.Min((int)standing.Rights.For(record, Deed.Read), (int)standing.Rights.For(record, deed));

    /// <summary>Whether a field can be read.</summary>
    public bool Shows(string field) => standing.Rights.IsEverything || standing.Rights.Field(record, field) >= FieldRight.ReadOnly;

    private string Copied(string id, string condition) =>
        $"exists (select from copy seen where seen.tenant = @tenant and seen.record = '{copy}' and seen.id = {id} and {condition})";
}
