namespace CrmPlatform.Journal.Intake;

/// <summary>Fields of another service's record that a service keeps for itself, current by events.</summary>
/// <param name="Record">The record's type with its service: <c>contacts.contact</c>.</param>
/// <param name="Fields">The fields kept.</param>
public sealed record Copy(string Record, params string[] Fields)
{
    /// <summary>All fields of all records of all services.</summary>
    public static readonly Copy OfEverything = new("*");

    /// <summary>The service whose record it is; of everything it is nobody's.</summary>
    public string Source => SourceOf(Record);

    /// <summary>The service of a record: <c>contacts</c> of <c>contacts.contact</c>.</summary>
    public static string SourceOf(string record) => record[..Math.Max(0, record.IndexOf('.'))];
}
