using System.Text.Json;
using System.Text.Json.Serialization;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Records.Fields;
using CrmPlatform.Records.Jobs;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Records.Doors;

/// <summary>Up to 1,000 operations at once, of any kind, in order.</summary>
/// <param name="Operations">What to do.</param>
/// <param name="Atomic">True: all of it or nothing. False: each stands or falls alone.</param>
public sealed record BatchRequest<T>(IReadOnlyList<BatchOperation<T>> Operations, bool Atomic = false)
    where T : Record;

/// <summary>One operation of a batch: what its own door would be sent.</summary>
/// <param name="Do">What to do.</param>
/// <param name="Id">The record, but for <c>create</c> and <c>upsert</c>.</param>
/// <param name="Fields">The fields to set, of <c>create</c>, <c>patch</c> and <c>upsert</c>.</param>
/// <param name="IfMatch">Only if it is still at this version, of <c>patch</c>, <c>upsert</c> and <c>delete</c>.</param>
/// <param name="Base">
/// The values the caller saw, of <c>patch</c> and <c>upsert</c>: what somebody else has changed meanwhile is reported instead of overwritten.
/// </param>
/// <param name="External">What another system calls the record, of <c>upsert</c>.</param>
public sealed record BatchOperation<T>(
    BatchDeed Do, Guid? Id = null, Patch<T>? Fields = null, int? IfMatch = null, JsonElement? Base = null, ExternalId? External = null)
    where T : Record;

/// <summary>What an operation of a batch does.</summary>
public enum BatchDeed
{
    /// <summary>Enters a record.</summary>
    Create,

    /// <summary>Changes the fields sent.</summary>
    Patch,

    /// <summary>Puts it into the trash.</summary>
    Delete,

    /// <summary>Takes it out of the trash.</summary>
    Restore,

    /// <summary>Enters the record that another system calls so, or changes the fields sent of the one that is there.</summary>
    Upsert,
}

/// <summary>What became of a batch.</summary>
/// <param name="Operation">What to undo to take all of it back; null when nothing was changed.</param>
/// <param name="Items">What became of each operation, in order.</param>
public sealed record BatchAnswer<T>(Guid? Operation, IReadOnlyList<BatchItem<T>> Items)
    where T : Record;

/// <summary>What its own door would have answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Record">The record as it is now, unless it is in the trash.</param>
/// <param name="Problem">Why it was refused.</param>
public sealed record BatchItem<T>(
    int Status, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] T? Record,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ItemProblem? Problem)
    where T : Record;

/// <summary>Why one of many was refused: the same code and fields as of a single one.</summary>
/// <param name="Status">The status its own door answers with.</param>
/// <param name="Code">Stable name of the reason.</param>
/// <param name="Detail">The reason for people.</param>
/// <param name="Errors">What is wrong, by field.</param>
public sealed record ItemProblem(int Status, string Code, string Detail, IReadOnlyDictionary<string, string[]> Errors)
{
    /// <summary>Facts that help to go on.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?> Facts { get; init; } = [];

    internal static ItemProblem Of(Refusal refusal) =>
        new(refusal.Status, refusal.Code, refusal.Message, refusal.Errors) { Facts = refusal.Facts.ToDictionary() };
}

/// <summary>Many operations in one request.</summary>
internal static class Batch
{
    private const int Most = 1000;

    public static async Task<BatchAnswer<T>> Run<T>(BatchRequest<T> request, Session session, Shapes shapes)
        where T : Record
    {
        if (request.Operations is not { Count: > 0 and <= Most } operations)
            throw Refusal.Invalid("operations", $"A batch has 1 to {Most} operations.");
        session.Through("batch");
        var isNew = new Dictionary<BatchOperation<T>, bool>(ReferenceEqualityComparer.Instance);
        ExternalId[] names = [.. operations.Where(o => o.Do == BatchDeed.Upsert).Select(o => o.External).OfType<ExternalId>().Distinct()];
        if (names.Length > 1)
            await ExternalNames.Hold(session, session.TypeOf<T>(), names);
        var outcomes = await Many.Each(
            session, operations, () => Held.All(session, session.TypeOf<T>(), operations.Select(o => o.Id).OfType<Guid>(), names),
            async (operation, held) =>
            {
                (var record, isNew[operation]) = await One(operation, held, session);
                return record;
            },
            (operation, refusal) => operation.Do == BatchDeed.Upsert && ExternalNames.IsOvertaken(refusal));

        BatchItem<T>[] items = [.. operations.Zip(outcomes, (operation, outcome) => Answer(operation, outcome, isNew.GetValueOrDefault(operation)))];
        if (request.Atomic && Array.FindAll(items, i => i.Problem is not null) is { Length: > 0 } refused)
            throw new Refusal(422, "batch_refused", $"{refused.Length} of {items.Length} operations were refused; nothing was changed.")
            {
                Facts = new Dictionary<string, object?> { ["items"] = items.Select(i => i.Problem is null ? new BatchItem<T>(424, null, null) : i) },
            };
        var computed = (await Computing.Add(session, shapes, [.. items.Select(i => i.Record).OfType<T>()])).ToLookup(r => (r.Id, r.Version));
        items = Array.ConvertAll(items, i => i.Record is { } record ? i with { Record = computed[(record.Id, record.Version)].First() } : i);
        await session.Show(items.Select(i => i.Record).OfType<Record>());
        return new BatchAnswer<T>(session.HasChanged ? session.Cause.Operation : null, items);
    }

    private static async Task<(Record Record, bool IsNew)> One<T>(BatchOperation<T> operation, Held held, Session session)
        where T : Record
    {
        if (operation.Do is BatchDeed.Create or BatchDeed.Upsert && operation.Id is not null)
            throw Refusal.Invalid("id", operation.Do == BatchDeed.Create ? "A new record is given its id." : "upsert names its record by its external id.");
        if (operation.Do != BatchDeed.Upsert && operation.External is not null)
            throw Refusal.Invalid("external", "Only upsert names its record by its external id.");
        if (operation.Do == BatchDeed.Create)
            return (held.Now(await session.Create<T>(Fields(operation))), true);
        if (operation.Do == BatchDeed.Upsert)
            return await ExternalNames.Put<T>(
                session, held, await ExternalNames.Checked<T>(session, operation.External, Deed.Create), Sent(operation),
                operation.IfMatch is { } at ? $"\"{at}\"" : null);
        return (await Known(operation, held, session), false);
    }

    private static async Task<Record> Known<T>(BatchOperation<T> operation, Held held, Session session)
        where T : Record
    {
        if (operation.Id is not { } id)
            throw Refusal.Invalid("id", "Which record? The operation has no id.");
        var record = await held.Lock<T>(id, operation.Do == BatchDeed.Patch ? Deed.Update : Deed.Delete, trashed: operation.Do == BatchDeed.Restore);
        if (operation.IfMatch is { } version)
            IfMatch.Check($"\"{version}\"", record);
        return operation.Do switch
        {
            BatchDeed.Patch => held.Now(await session.Edit(record, await Edit.Checked(session, record, Sent(operation)))),
            BatchDeed.Delete => held.Now((T)await session.Write(session.TypeOf<T>(), record, record with { DeletedAt = session.Now }, null, null)),
            _ => held.Now(await session.Restore(record)),
        };
    }

    private static Dictionary<string, JsonElement> Sent<T>(BatchOperation<T> operation)
        where T : Record
    {
        var sent = new Dictionary<string, JsonElement>(Fields(operation));
        if (operation.Base is { } seen)
            sent[Edit.Base] = seen;
        return sent;
    }

    private static Patch<T> Fields<T>(BatchOperation<T> operation)
        where T : Record => operation.Fields ?? throw Refusal.Invalid("fields", "Which values? The operation has no fields.");

    private static BatchItem<T> Answer<T>(BatchOperation<T> operation, Outcome outcome, bool isNew)
        where T : Record => outcome.Refusal is { } refusal ? new(refusal.Status, null, ItemProblem.Of(refusal)) : operation.Do switch
        {
            _ when isNew => new(StatusCodes.Status201Created, (T)outcome.Record!, null),
            BatchDeed.Delete => new(StatusCodes.Status204NoContent, null, null),
            _ => new(StatusCodes.Status200OK, (T)outcome.Record!, null),
        };
}
