using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>Enters a person.</summary>
public static class CreateContact
{
    /// <summary>What is known of the person.</summary>
    public sealed record Request(
        string LastName, string? FirstName, string? Email, string? Phone, string? JobTitle, Guid? AccountId, string[]? Tags);

    /// <summary>Enters a person.</summary>
    public static async Task<Created<Contact>> Handle(Request request, Session session)
    {
        var contact = await session.Create(new Contact
        {
            FirstName = request.FirstName,
            LastName = request.LastName,
            Email = request.Email,
            Phone = request.Phone,
            JobTitle = request.JobTitle,
            AccountId = request.AccountId,
            Tags = request.Tags ?? [],
        });
        return TypedResults.Created($"/api/v1/contacts/{contact.Id}", contact);
    }
}
