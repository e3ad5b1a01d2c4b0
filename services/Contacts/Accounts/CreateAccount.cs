using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrmPlatform.Contacts.Accounts;

/// <summary>Enters a company.</summary>
public static class CreateAccount
{
    /// <summary>What is known of the company.</summary>
    public sealed record Request(string Name, string? Domain, string? Industry, int? Employees);

    /// <summary>Enters a company.</summary>
    public static async Task<Created<Account>> Handle(Request request, Session session)
    {
        var account = await session.Create(new Account
        {
            Name = request.Name,
            Domain = request.Domain,
            Industry = request.Industry,
            Employees = request.Employees,
        });
        return TypedResults.Created($"/api/v1/accounts/{account.Id}", account);
    }
}
