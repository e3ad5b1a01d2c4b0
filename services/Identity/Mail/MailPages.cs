using CrmPlatform.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Identity.Mail;

/// <summary>The mail of a development machine, to be read by whoever sits at it. Where mail goes to a server, there is no such page.</summary>
internal static class MailPages
{
    public static void Map(IEndpointRouteBuilder pages, MailFolder folder)
    {
        if (!folder.IsSet)
            return;
        pages.MapGet("/mail", () => Html.Page<MailListPage>(folder.Newest()));
        pages.MapGet("/mail/{id:guid}", (Guid id) => folder.Find(id) is { } mail ? Html.Page<MailPage>(mail) : Results.NotFound());
    }
}
