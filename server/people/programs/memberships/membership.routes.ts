import { z } from 'zod';
import {
  defineRoute,
  id,
  moment,
  pageOf,
  pageQuery,
  type Caller,
  type RouteDefinition,
} from '../../../platform/http/index.ts';
import { programOrThrow } from '../terms/add-version.ts';
import { changeMembershipGroup } from './change-membership-group.ts';
import { changeMembershipStatus, membershipOrThrow } from './change-membership-status.ts';
import { createMembership, type MembershipDeps } from './create-membership.ts';
import { MEMBERSHIP_STATUSES, newGroup, newMembership, type MembershipStatus } from './membership.ts';

const PATH = '/api/v1/programs/:programId/memberships';
const status = z.enum(MEMBERSHIP_STATUSES);
const programParams = z.object({ programId: id });
const params = z.object({ programId: id, id });

const membership = z
  .object({
    id: z.string(),
    programId: z.string(),
    affiliateId: z.string(),
    code: z.string(),
    status,
    statuses: z.array(z.object({ status, from: moment })),
    group: z.string().nullable(),
    groups: z.array(z.object({ group: z.string().nullable(), from: moment })),
    createdAt: moment,
  })
  .meta({ id: 'Membership' });

const refOf = (caller: Caller, { programId, id }: z.output<typeof params>) => ({
  merchantId: caller.merchantId,
  programId,
  id,
});

/** Who takes part in a programme, and with which code. */
export function membershipRoutes(deps: MembershipDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'post',
      path: PATH,
      summary: 'Take an affiliate into a programme',
      access: 'merchant',
      params: programParams,
      body: newMembership,
      response: membership,
      status: 201,
      handle: ({ caller: { merchantId }, params: { programId }, body }) =>
        createMembership(deps, { merchantId, programId }, body),
    }),
    defineRoute({
      method: 'get',
      path: PATH,
      summary: 'The memberships of a programme, newest first',
      access: 'merchant',
      params: programParams,
      query: pageQuery.extend({ affiliateId: id.optional() }),
      response: pageOf(membership),
      handle: async ({ caller: { merchantId }, params: { programId }, query }) => {
        await programOrThrow(deps, { merchantId, id: programId });
        return deps.memberships.list(merchantId, { programId, ...query });
      },
    }),
    defineRoute({
      method: 'get',
      path: `${PATH}/:id`,
      summary: 'One membership',
      access: 'merchant',
      params,
      response: membership,
      handle: ({ caller, params }) => membershipOrThrow(deps, refOf(caller, params)),
    }),
    defineRoute({
      method: 'put',
      path: `${PATH}/:id/group`,
      summary: 'Put a member into a group, or into none, from now on',
      access: 'merchant',
      params,
      body: newGroup,
      response: membership,
      handle: ({ caller, params, body }) => changeMembershipGroup(deps, refOf(caller, params), body.group),
    }),
    statusRoute(deps, 'approve', 'approved', 'Let the affiliate earn in this programme from now on'),
    statusRoute(deps, 'reject', 'rejected', 'Refuse an application'),
    statusRoute(deps, 'end', 'ended', 'End a membership: later orders earn nothing'),
  ];
}

function statusRoute(
  deps: MembershipDeps,
  verb: string,
  target: MembershipStatus,
  summary: string,
): RouteDefinition {
  return defineRoute({
    method: 'post',
    path: `${PATH}/:id/${verb}`,
    summary,
    access: 'merchant',
    params,
    response: membership,
    handle: ({ caller, params }) => changeMembershipStatus(deps, refOf(caller, params), target),
  });
}
