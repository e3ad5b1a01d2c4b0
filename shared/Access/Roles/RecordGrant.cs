using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace CrmPlatform.Access.Roles;

/// <summary>What a role allows with records of one type, as roles are sent, kept and told.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)] // a deed with a slip in its name would be one that is not allowed
public sealed record RecordGrant
{
    /// <summary>The record type; <c>*</c> for every one that is not named.</summary>
    [Required, RegularExpression(@"\*|[a-z][A-Za-z0-9]{0,59}", ErrorMessage = "A record type looks like contact; * is every one that is not named.")]
    public string Record { get; init; } = "";

    /// <summary>Which new ones may be entered.</summary>
    [EnumDataType(typeof(Reach))]
    public Reach Create { get; init; }

    /// <summary>Which may be seen.</summary>
    [EnumDataType(typeof(Reach))]
    public Reach Read { get; init; }

    /// <summary>Which may be changed.</summary>
    [EnumDataType(typeof(Reach))]
    public Reach Update { get; init; }

    /// <summary>Which may be put into the trash and taken out.</summary>
    [EnumDataType(typeof(Reach))]
    public Reach Delete { get; init; }

    /// <summary>Which may be taken out of the platform in bulk.</summary>
    [EnumDataType(typeof(Reach))]
    public Reach Export { get; init; }

    /// <summary>The fields that are less than full.</summary>
    public IReadOnlyList<FieldGrant> Fields { get; init; } = [];

    /// <summary>The same in the form that decides. What is said twice counts as it was said first.</summary>
    public static IReadOnlyDictionary<string, Grant> ByRecord(IEnumerable<RecordGrant> grants) =>
        grants.DistinctBy(g => g.Record).ToDictionary(g => g.Record, g => g.Decides(), StringComparer.Ordinal);

    private Grant Decides() => new()
    {
        Deeds = new Dictionary<Deed, Reach>
        {
            [Deed.Create] = Create,
            [Deed.Read] = Read,
            [Deed.Update] = Update,
            [Deed.Delete] = Delete,
            [Deed.Export] = Export,
        },
        Fields = Fields.DistinctBy(f => f.Field).ToDictionary(f => f.Field, f => f.Right, StringComparer.Ordinal),
    };
}

/// <summary>What a role allows with one field, where it is less than everything.</summary>
/// <param name="Field">The field's name; one that a tenant has added is <c>custom.salary</c>.</param>
/// <param name="Right">What is allowed.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FieldGrant([property: JsonRequired] string Field, [property: JsonRequired] FieldRight Right);
