using System.ComponentModel;
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
        AllOf);

    /// <summary>One record type.</summary>
    internal static Door Of(string record, string plural) => new(
        "GET", $"/{plural}/model", $"GetModelOf{char.ToUpperInvariant(record[0])}{record[1..]}",
        $"What a {record} is: its fields with labels, kinds and rules, what filters can ask of them, its doors.",
        (HttpContext http, Session session, CancellationToken cancel) => http.RequestServices.GetRequiredService<Models>().Of(plural, session, cancel));

    // By default as it is for the caller; for those who decide on roles also as it would be with one of them.
    private static async Task<PublishedModel> AllOf(
        HttpContext http, Session session, CancellationToken cancel,
        [Description("As it is for somebody who has this role alone; for those who have the privilege dataModel.")] string? role = null)
    {
        if (role is not null)
            await session.LookAs(role);
        return await http.RequestServices.GetRequiredService<Models>().All(session, cancel);
    }
}
