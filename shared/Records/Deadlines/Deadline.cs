using System.Text.Json;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Records.Deadlines;

/// <summary>
/// A time that records of a type name in one of their fields, and what is done with each when it has come. The field is empty where nothing is to be
/// done: what is done empties it, or sets it to a later time. So it is done once, whoever is killed and however many look.
/// </summary>
public abstract class Deadline
{
    private protected Deadline(string name, Type record, string property)
    {
        (Name, Record) = (name, JsonNamingPolicy.CamelCase.ConvertName(record.Name));
        Field = JsonNamingPolicy.CamelCase.ConvertName(property);
    }

    /// <summary>What it is called, for the door of what is done: <c>recycled</c>.</summary>
    public string Name { get; }

    /// <summary>The record type.</summary>
    public string Record { get; }

    /// <summary>The field with the time. Its column is known to <c>crm_deadline</c>.</summary>
    public string Field { get; }

    /// <summary>Does with a record what is to be done, if its time has come and nobody else was faster.</summary>
    internal abstract Task Meet(Session session, Guid id);
}

/// <summary>The typed half of <see cref="Deadline"/>.</summary>
/// <param name="name">What it is called.</param>
/// <param name="property">The property with the time.</param>
/// <param name="then">What is done with the locked record.</param>
public sealed class Deadline<T>(string name, string property, Func<Session, T, Task> then) : Deadline(name, typeof(T), property)
    where T : Record
{
    internal override async Task Meet(Session session, Guid id)
    {
        var found = await session.List<T>("id = @id and deleted_at is null", new { id }, locks: true);
        if (found is [var record] && session.TypeOf<T>().Find(Field)!.Of(record) is DateTimeOffset at && at <= session.Now)
            await then(session, record);
    }
}
