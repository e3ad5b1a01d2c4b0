using CrmPlatform.Journal;
using CrmPlatform.Records.Doors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Records.Model;

/// <summary>The doors to the model: of one record type, and of all that a service keeps.</summary>
public static class ModelDoors
{
    /// <summary>All record types of the service; the edge answers with those of all services.</summary>
    public static Door OfService { get; } = new(
        "GET", "/model", "GetModel", "The record types: their fields with labels, kinds and rules, what filters can ask of them, their doors.",
        (HttpContext http, Session session, CancellationToken cancel) => http.RequestServices.GetRequiredService<Models>().All(session, cancel));

    /// <summary>One record type.</summary>
    internal static Door Of(string record, string plural) => new(
        "GET", $"/{plural}/model", $"GetModelOf{char.ToUpperInvariant(record[0])}{record[1..]}",
        $"What a {record} is: its fields with labels, kinds and rules, what filters can ask of them, its doors.",
        (HttpContext http, Session session, CancellationToken cancel) => http.RequestServices.GetRequiredService<Models>().Of(plural, session, cancel));
}
