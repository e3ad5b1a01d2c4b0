using CrmPlatform.Access.Roles;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Journal.Roles;

/// <summary>With which records somebody may do something: said of one at hand, and of a table's rows in SQL.</summary>
internal readonly record struct Reaching(Reach Reach, Standing Standing)
{
    /// <summary>Who acts, and the teams whose records are theirs too: the session puts the values there (<see cref="Session"/>).</summary>
    public const string Me = "{me}", Teams = "{teams}";

    /// <summary>What a standing reaches with a deed. Nobody does anything with what they do not see.</summary>
    public static Reaching Of(Standing standing, RecordType type, Deed deed)
    {
        if (standing.Rights.IsEverything || type.IsModel)
            return new(Reach.All, standing);
        var (read, reach) = (standing.Rights.For(type.Name, Deed.Read), standing.Rights.For(type.Name, deed));
        // What is entered may belong to others, whom alone it concerns from then on.
        return new(deed == Deed.Create && read != Reach.None || reach < read ? reach : read, standing);
    }

    /// <summary>Whether a record is one of them.</summary>
    public bool Includes(Record record) => Includes(record.OwnerId, record.TeamId);

    /// <summary>Whether a record would be one of them that belongs to these.</summary>
    public bool Includes(Guid? ownerId, Guid? teamId) => Reach switch
    {
        Reach.All => true,
        Reach.None => false,
        _ => ownerId is { } owner && owner == Standing.Me || Reach == Reach.Team && teamId is { } team && Standing.Teams.Contains(team),
    };

    /// <summary>The same in SQL.</summary>
    public string Sql(string row = "r") => Reach switch
    {
        Reach.All => "true",
        Reach.None => "false",
        Reach.Own => $"{row}.owner_id = {Me}",
        _ => $"({row}.owner_id = {Me} or {row}.team_id = any({Teams}))",
    };

    /// <summary>The same to be added to other conditions.</summary>
    public string And(string row = "r") => Reach == Reach.All ? "" : $" and {Sql(row)}";
}
