using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Records.Fields;
using CrmPlatform.Records.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace CrmPlatform.Records.Doors;

/// <summary>The doors to one record by what another system calls it.</summary>
internal sealed partial class RecordDoors<T>
{
    private const int MostTries = 5;
    private const string Json = "application/json";

    /// <summary>The doors of a type, with those by external id.</summary>
    public IEnumerable<Door> AllAndByExternalId()
    {
        var (route, one, what) = ($"/{section.Route}/external/{{system}}/{{id}}", Title(section.One), section.What);
        return
        [
            .. All(),
            new Door("GET", route, $"Get{one}ByExternalId", $"The {what} that another system calls so.", GetByExternalId, typeof(T)),
            new Door(
                "PUT", route, $"Upsert{one}",
                $"Enters the {what} that another system calls so, or changes the fields sent of the one that is there: the same again changes nothing.", Upsert)
            {
                Notes =
                [
                    new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), [Json]),
                    new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(T), [Json]),
                ],
            },
        ];
    }

    private async Task<object> GetByExternalId(
        [Description("The system, as the record's `externalIds` name it."), StringLength(50, MinimumLength = 1)] string system,
        [Description("What that system calls the record; a slash in it is sent as `%2F`."), StringLength(200, MinimumLength = 1)] string id,
        [Description("Which fields to answer with, separated by commas; all where none is named.")] string? fields,
        [Description("The time zone in which days of formulas begin: `Europe/Berlin`; UTC where nothing is said.")] string? zone,
        Session session, Shapes shapes, HttpContext http)
    {
        var name = await Named(session, system, id, Deed.Read);
        var found = await ExternalNames.Find(session, session.TypeOf<T>(), [name]);
        return found.TryGetValue(name, out var one) && await session.Find<T>(one) is not null
            ? await Get(one, null, fields, zone, session, shapes, http)
            : throw ExternalNames.NotThere(session.TypeOf<T>(), name);
    }

    private async Task<IResult> Upsert(
        [Description("The system, as the record's `externalIds` name it."), StringLength(50, MinimumLength = 1)] string system,
        [Description("What that system calls the record; a slash in it is sent as `%2F`."), StringLength(200, MinimumLength = 1)] string id,
        Patch<T> patch,
        [FromHeader(Name = "If-Match"), Description("Only if it is there and still at this version.")] string? ifMatch,
        Session session, Shapes shapes)
    {
        var name = await Named(session, system, id, Deed.Create);
        var held = Held.None(session);
        var (put, refusal) = (default((T Record, bool IsNew)?), default(Refusal));
        for (var tries = 0; tries == 0 || tries < MostTries && refusal is not null && ExternalNames.IsOvertaken(refusal); tries++)
            refusal = await session.Try(async () => put = await ExternalNames.Put<T>(session, held, name, new(patch), ifMatch));
        if (refusal is not null || put is not var (written, isNew))
            throw refusal!;
        var record = await Computing.Add(session, shapes, written);
        return isNew ? TypedResults.Created($"/api/v1/{section.Route}/{record.Id}", record) : TypedResults.Ok(record);
    }

    // Servers leave a slash that is part of a name as it was sent.
    private static ValueTask<ExternalId> Named(Session session, string system, string id, Deed deed) =>
        ExternalNames.Checked<T>(session, new ExternalId(Unslashed(system), Unslashed(id)), deed);

    private static string Unslashed(string text) => text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
